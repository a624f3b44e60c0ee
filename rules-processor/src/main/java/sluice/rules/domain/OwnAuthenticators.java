package sluice.rules.domain;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.schemas.CommandRefusal;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationMethod;

/** What users do to their own authenticators with the token of their client, as far as its {@link Grant} goes (S18). */
final class OwnAuthenticators {
    private OwnAuthenticators() {}

    /** Replaces the user's recovery codes. They are a way back to authenticators, so it takes one to have them. */
    static Step issueRecoveryCodes(User user, Event.IssueRecoveryCodes event, ConfigurationView configuration) {
        var cause = event.cause();
        if (!isActive(cause, configuration)) return refused(user, cause, CommandRefusal.METHOD_NOT_ACTIVATED);
        if (!user.isEnrolled() || !event.grant().mayAdd(user)) {
            return refused(user, cause, CommandRefusal.NOT_PERMITTED);
        }
        var issued = RecoveryCodes.issued(event.codes(), cause.at());
        return told(
                user.withRecoveryCodes(Optional.of(issued)),
                Outcome.Changed.of(cause, UserChangeKind.RECOVERY_CODES_ISSUED)
                        .withRecoveryCodes(Optional.of(issued.authenticator())));
    }

    /** Whether a tenant lets users have recovery codes. */
    static boolean isActive(Cause cause, ConfigurationView configuration) {
        return configuration
                .authenticator(cause.tenantId(), VerificationMethod.RECOVERY_CODE)
                .isActive();
    }

    /** Makes an authenticator the one to offer first; tracks from now on say so. */
    static Step update(User user, Event.UpdateAuthenticator event) {
        return changed(
                user,
                event.cause(),
                event.authenticatorId(),
                event.grant(),
                first -> told(
                        user.offering(first),
                        Outcome.Changed.of(
                                event.cause(),
                                UserChangeKind.AUTHENTICATOR_UPDATED,
                                first.offeredFirst(true).authenticator())),
                Outcome.Changed.refused(event.cause(), CommandRefusal.NOT_FOUND));
    }

    /** Removes an authenticator, as a backend may. */
    static Step remove(User user, Event.RemoveAuthenticator event) {
        return changed(
                user,
                event.cause(),
                event.authenticatorId(),
                event.grant(),
                gone -> Managing.removed(user, event.cause(), gone),
                Managing.notRemoved(user, event.cause(), event.authenticatorId()));
    }

    private static Step changed(
            User user,
            Cause cause,
            String authenticatorId,
            Grant grant,
            Function<EnrolledAuthenticator, Step> change,
            Outcome.Changed unknown) {
        if (!grant.mayChange(user)) return refused(user, cause, CommandRefusal.NOT_PERMITTED);
        return user.authenticator(authenticatorId).map(change).orElseGet(() -> told(user, unknown));
    }

    private static Step refused(User user, Cause cause, CommandRefusal refusal) {
        return told(user, Outcome.Changed.refused(cause, refusal));
    }

    private static Step told(User user, Outcome.Changed changed) {
        return new Step(user, List.of(changed));
    }
}
