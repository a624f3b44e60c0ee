package sluice.rules.domain;

import sluice.runtime.seal.domain.Sealed;

/** Opens an authenticator's phone number or e-mail address: the same text for the same arguments. */
public interface Contacts {
    String open(String tenantId, String userId, String authenticatorId, Sealed contact);
}
