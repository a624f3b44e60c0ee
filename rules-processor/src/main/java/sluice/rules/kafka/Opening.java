package sluice.rules.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import sluice.rules.domain.Contacts;
import sluice.rules.domain.Secrets;
import sluice.runtime.seal.Sealing;

/** How what authenticators are checked with is opened. */
public final class Opening {
    private Opening() {}

    /** Secrets as the events have them. */
    public static Secrets secrets(Sealing sealing) {
        return (tenantId, userId, authenticatorId, secret) ->
                sealing.open(secret.bytes(), "secret", tenantId, userId, authenticatorId);
    }

    /** Phone numbers and e-mail addresses, likewise. */
    public static Contacts contacts(Sealing sealing) {
        return (tenantId, userId, authenticatorId, contact) ->
                new String(sealing.open(contact.bytes(), "contact", tenantId, userId, authenticatorId), UTF_8);
    }
}
