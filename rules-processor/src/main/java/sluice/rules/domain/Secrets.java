package sluice.rules.domain;

import sluice.runtime.seal.domain.Sealed;

/**
 * Opens what an answer is checked against, for as long as one is checked: the same bytes for the same arguments. The
 * secret of an authenticator, by its id; a code that was sent, by its own.
 */
public interface Secrets {
    byte[] open(String tenantId, String userId, String id, Sealed secret);
}
