package sluice.rules.domain;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.schemas.CommandRefusal;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationMethod;

/** Binds authenticators that a backend vouches for (contract section 3, enroll verified). */
final class Vouching {
    /** Methods that are a contact and nothing else: there is no secret that only the user could have. */
    private static final Set<VerificationMethod> OF_CONTACTS =
            EnumSet.of(VerificationMethod.SMS, VerificationMethod.EMAIL_OTP, VerificationMethod.EMAIL_MAGIC_LINK);

    private final Contacts contacts;

    Vouching(Contacts contacts) {
        this.contacts = contacts;
    }

    /** Binds an authenticator. SDKs repeat the call where the answer is lost: the same contact is bound once. */
    Step add(User user, Event.AddAuthenticator event, ConfigurationView configuration) {
        if (!OF_CONTACTS.contains(event.method())) return refused(user, event, CommandRefusal.MALFORMED);
        var vouchedFor = vouchedFor(event);
        var same = contacts.same(user, vouchedFor.authenticator());
        if (same.isEmpty() && user.authenticators().size() >= User.AUTHENTICATORS_MAX) {
            return refused(user, event, CommandRefusal.TOO_MANY_AUTHENTICATORS);
        }
        var added = same.orElse(vouchedFor);
        // one authenticator is always the default: it stops being so where another becomes it
        var isFirst = event.isDefault().orElse(false) || added.isDefault() || isAlone(user, added);
        var bound = added.offeredFirst(isFirst);
        var after = isFirst ? user.with(bound).offering(bound) : user.with(bound);
        var changed = Outcome.Changed.of(event.cause(), UserChangeKind.AUTHENTICATOR_ADDED, bound.authenticator());
        return recoveryCodes(user, event, configuration)
                .map(issued -> new Step(
                        after.withRecoveryCodes(Optional.of(issued)),
                        List.of(changed.withRecoveryCodes(Optional.of(issued.authenticator())))))
                .orElseGet(() -> new Step(after, List.of(changed)));
    }

    /** The first recovery codes of a user, or new ones where all are spent: the backend shows them. */
    private static Optional<RecoveryCodes> recoveryCodes(
            User user, Event.AddAuthenticator event, ConfigurationView configuration) {
        var hasSome =
                user.recoveryCodes().filter(codes -> !codes.unspent().isEmpty()).isPresent();
        if (hasSome || !OwnAuthenticators.isActive(event.cause(), configuration)) return Optional.empty();
        return event.recoveryCodes()
                .map(codes -> RecoveryCodes.issued(codes, event.cause().at()));
    }

    private static boolean isAlone(User user, EnrolledAuthenticator added) {
        return user.authenticators().stream().allMatch(each -> each.id().equals(added.id()));
    }

    private static EnrolledAuthenticator vouchedFor(Event.AddAuthenticator event) {
        var at = event.cause().at();
        return new EnrolledAuthenticator(
                new Authenticator(
                        event.authenticatorId(),
                        event.method(),
                        at,
                        Optional.of(at),
                        Optional.empty(),
                        false,
                        Optional.of(event.contact())),
                Optional.empty(),
                EnrolledAuthenticator.NO_STEP);
    }

    private static Step refused(User user, Event.AddAuthenticator event, CommandRefusal refusal) {
        return new Step(user, List.of(Outcome.Changed.refused(event.cause(), refusal)));
    }
}
