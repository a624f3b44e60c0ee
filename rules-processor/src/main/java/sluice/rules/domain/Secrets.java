package sluice.rules.domain;

import sluice.runtime.seal.domain.Sealed;

/** Opens an authenticator's secret, for as long as one code is checked: the same bytes for the same arguments. */
public interface Secrets {
    byte[] open(String tenantId, String userId, String authenticatorId, Sealed secret);
}
