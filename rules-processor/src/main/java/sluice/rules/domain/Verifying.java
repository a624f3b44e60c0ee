package sluice.rules.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import sluice.rules.domain.totp.TotpWindow;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.RefusalCause;
import sluice.schemas.VerificationMethod;

/** Judges codes (RFC 6238 section 5, NIST SP 800-63B section 5.1.4.2), and ends challenges whose time is over. */
final class Verifying {
    private final Secrets secrets;

    Verifying(Secrets secrets) {
        this.secrets = secrets;
    }

    /** An authenticator, and the step of it that a code was made for. */
    private record Match(EnrolledAuthenticator authenticator, long step) {
        boolean isBurnt() {
            return step <= authenticator.burntStep();
        }
    }

    /** Judges a code. Beyond the rate no code is looked at, and a flood costs the user nothing but the wait. */
    Step verify(User user, Event.Verify event, ConfigurationView configuration) {
        var at = event.cause().at();
        var retryAt = user.throttle().retryAt(at);
        if (retryAt.isPresent()) return told(user, Verdict.rateLimited(event, retryAt.get()));
        var trying = user.withThrottle(user.throttle().attempted(at));
        var locked = user.throttle().lockedUntil(at);
        var action = user.recentAction(event.action());
        if (action.isEmpty() || action.get().isRevoked())
            return told(trying, Verdict.refused(event, RefusalCause.UNKNOWN_CHALLENGE));
        if (locked.isPresent()) {
            return told(trying.with(action.get().failed()), Verdict.lockedOut(event, 0, locked.get()));
        }
        if (action.get().hasLapsed(at)) {
            return told(
                    trying.with(action.get().failed()), Verdict.expired(event.cause(), event.action(), event.method()));
        }
        return judge(trying, action.get(), event, configuration);
    }

    private Step judge(User user, RecentAction action, Event.Verify event, ConfigurationView configuration) {
        var tenantId = event.cause().tenantId();
        var attemptsMax = configuration
                .tenant(tenantId)
                .map(Setting.Tenant::challengeAttemptsMax)
                .orElseThrow(() -> new NoSuchTenantException(tenantId));
        if (action.attempts() >= attemptsMax) return told(user, Verdict.exhausted(event, action.attempts()));
        var method = configuration.authenticator(tenantId, event.method());
        var closed = closed(action, event.method(), method);
        if (closed.isPresent()) return told(user, Verdict.refused(event, closed.get()));
        var candidates = candidates(user, event);
        if (candidates.isEmpty()) return told(user, Verdict.refused(event, RefusalCause.NO_AUTHENTICATOR));
        var matches = candidates.stream()
                .flatMap(candidate -> match(candidate, event, method).stream())
                .toList();
        return matches.stream()
                .filter(match -> !match.isBurnt())
                .findFirst()
                .map(match -> accepted(user, action, event, match))
                .orElseGet(() -> wrong(user, action, event, attemptsMax, !matches.isEmpty()));
    }

    /** Why no code counts for an action, whatever it is. */
    private static Optional<RefusalCause> closed(
            RecentAction action, VerificationMethod tried, Setting.Authenticator method) {
        if (!method.isActive() || !action.decision().allowedMethods().contains(tried)) {
            return Optional.of(RefusalCause.METHOD_NOT_ALLOWED);
        }
        return switch (action.state()) {
            case CHALLENGE_REQUIRED, CHALLENGE_SUCCEEDED, ALLOW -> Optional.empty();
            default -> Optional.of(RefusalCause.CHALLENGE_FINISHED);
        };
    }

    /** The authenticators whose code may count: the user's own, and the one that this action enrols. */
    private static List<EnrolledAuthenticator> candidates(User user, Event.Verify event) {
        var pending = user.pendingEnrolment()
                .filter(enrolment ->
                        enrolment.awaits(event.action(), event.cause().at()))
                .map(PendingEnrolment::enrolled);
        return Stream.concat(user.authenticators().stream(), pending.stream())
                .filter(candidate -> candidate.authenticator().method() == event.method())
                .filter(candidate -> candidate.secret().isPresent())
                .toList();
    }

    private Optional<Match> match(EnrolledAuthenticator candidate, Event.Verify event, Setting.Authenticator method) {
        var cause = event.cause();
        var secret = secrets.open(
                cause.tenantId(),
                cause.userId(),
                candidate.id(),
                candidate.secret().orElseThrow());
        OptionalLong step = new TotpWindow(method.acceptedDrift()).match(secret, event.code(), cause.at());
        return step.isPresent() ? Optional.of(new Match(candidate, step.getAsLong())) : Optional.empty();
    }

    private static Step accepted(User user, RecentAction action, Event.Verify event, Match match) {
        var isNew = match.authenticator().authenticator().verifiedAt().isEmpty();
        var tried = match.authenticator().burn(match.step(), event.cause().at());
        // others may have come and gone since the enrolment began: it is settled now which is offered first
        var burnt = isNew ? tried.offeredFirst(!user.isEnrolled()) : tried;
        var after = user.with(burnt)
                .with(action.succeeded())
                .withThrottle(user.throttle().succeeded());
        var verified = Verdict.verified(event, action.attempts() + 1, burnt.authenticator(), isNew);
        return isNew
                ? new Step(after, List.of(verified, Enrolment.finished(event.cause(), burnt.authenticator())))
                : told(after, verified);
    }

    private static Step wrong(User user, RecentAction action, Event.Verify event, int attemptsMax, boolean isReplay) {
        var at = event.cause().at();
        var throttle = user.throttle().failed(at);
        var tried = action.wrongCode();
        var after = user.withThrottle(throttle);
        var locked = throttle.lockedUntil(at);
        if (locked.isPresent()) {
            return told(after.with(tried.failed()), Verdict.lockedOut(event, tried.attempts(), locked.get()));
        }
        if (tried.attempts() >= attemptsMax) {
            return told(after.with(tried.failed()), Verdict.exhausted(event, tried.attempts()));
        }
        var cause = isReplay ? RefusalCause.REPLAYED_CODE : RefusalCause.WRONG_CODE;
        return told(after.with(tried), Verdict.refused(event, cause, tried.attempts()));
    }

    /**
     * Ends a challenge whose time is over. One that is no longer remembered can't be met any more and ends too; one
     * that has ended otherwise, or has time left, stays as it is.
     */
    static Step expire(User user, Event.Expire event) {
        var action = user.recentAction(event.action());
        Instant at = event.cause().at();
        if (action.isPresent() && !action.get().hasLapsed(at)) return new Step(user, List.of());
        var after = action.map(lapsed -> user.with(lapsed.failed())).orElse(user);
        return told(after, Verdict.expired(event.cause(), event.action(), VerificationMethod.UNKNOWN));
    }

    private static Step told(User user, Outcome.Verified verdict) {
        return new Step(user, List.of(verdict));
    }
}
