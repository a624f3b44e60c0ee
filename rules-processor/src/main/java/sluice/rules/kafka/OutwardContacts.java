package sluice.rules.kafka;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.Authenticator;
import sluice.schemas.UserChange;
import sluice.schemas.Verification;

/**
 * Contacts of authenticators on their way to the log. The user's record has them sealed with the keyset, and takes them
 * along when it goes; the log would keep them.
 */
public final class OutwardContacts {
    private final Sealing sealing;

    public OutwardContacts(Sealing sealing) {
        this.sealing = sealing;
    }

    /** The change, its contact sealed for the user. */
    public UserChange sealed(UserChange change) {
        seal(change.getAuthenticator(), change.getTenantId(), change.getUserId(), change.getChangedAt());
        return change;
    }

    /** The verification, likewise. */
    public Verification sealed(Verification verification) {
        seal(
                verification.getAuthenticator(),
                verification.getTenantId(),
                verification.getUserId(),
                verification.getVerifiedAt());
        return verification;
    }

    /** The change as the user's record remembers it, to be told again: a deleted user's has no contact that opens still. */
    UserChange remembered(UserChange change, boolean isUserKnown) {
        sealed(change);
        if (!isUserKnown) forget(change.getAuthenticator());
        return change;
    }

    /** The verification, likewise. */
    Verification remembered(Verification verification, boolean isUserKnown) {
        sealed(verification);
        if (!isUserKnown) forget(verification.getAuthenticator());
        return verification;
    }

    private static void forget(@Nullable Authenticator authenticator) {
        if (authenticator == null || authenticator.getSealedContact() == null) return;
        if (!Sealing.isPersonal(Sealed.of(authenticator.getSealedContact()).bytes())) {
            authenticator.setSealedContact(null);
        }
    }

    /** What was sealed before there were keys of users is told as it was. */
    private void seal(@Nullable Authenticator authenticator, String tenantId, String userId, Instant at) {
        if (authenticator == null || authenticator.getSealedContact() == null) return;
        var sealed = Sealed.of(authenticator.getSealedContact()).bytes();
        if (Sealing.isPersonal(sealed)) return;
        if (sealing.personalKeys().at(tenantId, userId, at).isEmpty()) return;
        var place = new String[] {"contact", tenantId, userId, authenticator.getAuthenticatorId()};
        var plain = sealing.open(sealed, place);
        authenticator.setSealedContact(new Sealed(sealing.sealRepeatablyFor(at, plain, place)).buffer());
    }
}
