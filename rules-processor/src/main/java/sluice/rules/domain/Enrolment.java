package sluice.rules.domain;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.schemas.CommandRefusal;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationMethod;

/** Starts binding authenticators to users, by the binding rules of the contract's section 4. */
final class Enrolment {
    /** Methods whose secret or challenge comes with the command, and whose first answer finishes the enrolment. */
    private static final Set<VerificationMethod> METHODS =
            EnumSet.of(VerificationMethod.AUTHENTICATOR_APP, VerificationMethod.PASSKEY);

    private Enrolment() {}

    static Step enroll(User user, Event.Enroll event, ConfigurationView configuration) {
        var refusal = METHODS.contains(event.method())
                ? refusal(user, event.cause(), event.action(), event.method(), event.mayAdd(), configuration)
                : Optional.of(CommandRefusal.MALFORMED);
        if (refusal.isPresent()) {
            return new Step(user, List.of(Outcome.Changed.refused(event.cause(), refusal.get())));
        }
        var authenticator = new Authenticator(
                event.authenticatorId(),
                event.method(),
                event.cause().at(),
                Optional.empty(),
                Optional.empty(),
                !user.isEnrolled(),
                Optional.empty());
        var enrolled =
                new EnrolledAuthenticator(authenticator, Optional.of(event.secret()), EnrolledAuthenticator.NO_STEP);
        return new Step(
                user.enrolling(new PendingEnrolment(enrolled, event.action(), event.expiresAt())),
                List.of(Outcome.Changed.of(event.cause(), UserChangeKind.ENROLMENT_STARTED, authenticator)));
    }

    /** Why the tokens of an action can't start to bind an authenticator of a method; empty: they can. */
    static Optional<CommandRefusal> refusal(
            User user,
            Cause cause,
            ActionKey key,
            VerificationMethod method,
            boolean mayAdd,
            ConfigurationView configuration) {
        if (!configuration.authenticator(cause.tenantId(), method).isActive()) {
            return Optional.of(CommandRefusal.METHOD_NOT_ACTIVATED);
        }
        var action = user.recentAction(key);
        if (action.isEmpty() || !mayBind(user, method, mayAdd, action.get())) {
            return Optional.of(CommandRefusal.BINDING_NOT_ALLOWED);
        }
        return user.authenticators().size() < User.AUTHENTICATORS_MAX
                ? Optional.empty()
                : Optional.of(CommandRefusal.TOO_MANY_AUTHENTICATORS);
    }

    /**
     * A user who has no authenticator may bind one with any token of theirs, unless what they were about to do was
     * stopped. One who has needs the scope, or to have met the challenge of the same token: that a backend says so is
     * not enough.
     */
    private static boolean mayBind(User user, VerificationMethod method, boolean mayAdd, RecentAction action) {
        if (!action.decision().allowedMethods().contains(method)) return false;
        return user.isEnrolled() ? Grant.mayAdd(action, mayAdd) : Grant.isLive(action);
    }

    /** The enrolment was finished by its first code. */
    static Outcome.Changed finished(Cause cause, Authenticator authenticator) {
        return Outcome.Changed.of(cause, UserChangeKind.AUTHENTICATOR_CREATED, authenticator);
    }
}
