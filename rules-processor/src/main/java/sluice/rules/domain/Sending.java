package sluice.rules.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.CommandRefusal;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationMethod;

/** Lets codes count that the ingress has made, and says where to send them: it sends what was not refused, once. */
final class Sending {
    private static final Set<VerificationMethod> BY_MAIL =
            EnumSet.of(VerificationMethod.EMAIL_OTP, VerificationMethod.EMAIL_MAGIC_LINK);

    private Sending() {}

    /** Starts binding an address, by the rules that bind any authenticator. Its first code is on its way with it. */
    static Step enroll(User user, Event.EnrollContact event, ConfigurationView configuration) {
        var at = event.cause().at();
        var refusal = isByMail(event.method())
                ? Enrolment.refusal(user, event.cause(), event.action(), event.method(), event.mayAdd(), configuration)
                : Optional.of(CommandRefusal.MALFORMED);
        if (refusal.isPresent()) return refused(user, event.cause(), refusal.get());
        var retryAt = user.sentCodes().retryAt(at);
        if (retryAt.isPresent()) return tooMany(user, event.cause(), retryAt.get());
        var authenticator = new Authenticator(
                event.authenticatorId(),
                event.method(),
                at,
                Optional.empty(),
                Optional.empty(),
                !user.isEnrolled(),
                Optional.of(event.contact()));
        var enrolled = new EnrolledAuthenticator(authenticator, Optional.empty(), EnrolledAuthenticator.NO_STEP);
        var pending = new PendingEnrolment(enrolled, event.action(), event.expiresAt());
        return issued(
                user.enrolling(pending),
                sentCode(event.cause(), event.action(), authenticator, event.code()),
                Outcome.Changed.of(event.cause(), UserChangeKind.ENROLMENT_STARTED, authenticator));
    }

    /** Lets a new code count for an open action: for the address that it enrols, else for one that is bound. */
    static Step send(User user, Event.SendCode event, ConfigurationView configuration) {
        var cause = event.cause();
        var refusal = refusal(user, event, configuration);
        if (refusal.isPresent()) return refused(user, cause, refusal.get());
        var target = target(user, event);
        if (target.isEmpty()) return refused(user, cause, CommandRefusal.NOT_FOUND);
        var retryAt = user.sentCodes().retryAt(cause.at());
        if (retryAt.isPresent()) return tooMany(user, cause, retryAt.get());
        return issued(
                user,
                sentCode(cause, event.action(), target.get(), event.code()),
                Outcome.Changed.of(cause, UserChangeKind.CODE_ISSUED, target.get()));
    }

    private static Optional<CommandRefusal> refusal(User user, Event.SendCode event, ConfigurationView configuration) {
        if (!isByMail(event.method())) return Optional.of(CommandRefusal.MALFORMED);
        var action = user.recentAction(event.action());
        if (action.isEmpty() || !action.get().takesAnswers(event.cause().at())) {
            return Optional.of(CommandRefusal.CHALLENGE_NOT_OPEN);
        }
        var isActive = configuration
                .authenticator(event.cause().tenantId(), event.method())
                .isActive();
        return isActive && action.get().decision().allowedMethods().contains(event.method())
                ? Optional.empty()
                : Optional.of(CommandRefusal.METHOD_NOT_ACTIVATED);
    }

    private static Optional<Authenticator> target(User user, Event.SendCode event) {
        var enrolling = user.pendingEnrolment()
                .filter(pending -> pending.awaits(event.action(), event.cause().at()))
                .map(pending -> pending.enrolled().authenticator())
                .filter(authenticator -> authenticator.method() == event.method());
        return enrolling.or(() -> user.authenticators().stream()
                .map(EnrolledAuthenticator::authenticator)
                .filter(authenticator -> authenticator.method() == event.method())
                .filter(authenticator -> authenticator.contact().isPresent())
                .min(Comparator.comparing(authenticator -> !authenticator.isDefault())));
    }

    private static SentCode sentCode(Cause cause, ActionKey action, Authenticator to, Sealed code) {
        return new SentCode(cause.eventId(), to.method(), action, to.authenticatorId(), code, cause.at(), false);
    }

    private static Step issued(User user, SentCode code, Outcome.Changed outcome) {
        return new Step(user.withSentCodes(user.sentCodes().sent(code)), List.of(outcome));
    }

    private static Step refused(User user, Cause cause, CommandRefusal refusal) {
        return new Step(user, List.of(Outcome.Changed.refused(cause, refusal)));
    }

    private static Step tooMany(User user, Cause cause, Instant retryAt) {
        return new Step(user, List.of(Outcome.Changed.tooManyCodes(cause, retryAt)));
    }

    private static boolean isByMail(VerificationMethod method) {
        return BY_MAIL.contains(method);
    }
}
