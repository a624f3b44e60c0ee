package sluice.rules.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.schemas.RefusalCause;
import sluice.schemas.VerificationMethod;

/** Judges the answers to challenges, whatever their method, and ends challenges whose time is over. */
final class Verifying {
    private final Map<VerificationMethod, Check> checks;

    /** @param checks of the methods that can be answered with */
    Verifying(Map<VerificationMethod, Check> checks) {
        this.checks = Map.copyOf(checks);
    }

    /** Judges a code. Beyond the rate no code is looked at, and a flood costs the user nothing but the wait. */
    Step verify(User user, Event.Verify event, ConfigurationView configuration) {
        if (event.isApproved()) return attempt(user, event, configuration); // it was counted when it came first
        var at = event.cause().at();
        var retryAt = user.throttle().retryAt(event.action(), at);
        if (retryAt.isPresent()) return told(user, Verdict.rateLimited(event, retryAt.get()));
        var trying = user.withThrottle(user.throttle().attempted(event.action(), at))
                .withHistory(user.history().attempted(at));
        return attempt(trying, event, configuration);
    }

    private Step attempt(User trying, Event.Verify event, ConfigurationView configuration) {
        var at = event.cause().at();
        var locked = trying.throttle().lockedUntil(event.action(), at);
        var action = trying.recentAction(event.action());
        if (action.isEmpty() || action.get().isRevoked())
            return told(trying, Verdict.refused(event, RefusalCause.UNKNOWN_CHALLENGE));
        if (locked.isPresent()) {
            return told(failed(trying, action.get(), at), Verdict.lockedOut(event, Optional.empty(), 0, locked.get()));
        }
        if (action.get().hasLapsed(at)) {
            return told(
                    trying.with(action.get().failed()), Verdict.expired(event.cause(), event.action(), event.method()));
        }
        return judge(trying, action.get(), event, configuration);
    }

    private Step judge(User user, RecentAction action, Event.Verify event, ConfigurationView configuration) {
        var tenantId = event.cause().tenantId();
        var tenant = configuration.tenant(tenantId).orElseThrow(() -> new NoSuchTenantException(tenantId));
        var attemptsMax = tenant.challengeAttemptsMax();
        if (action.attempts() >= attemptsMax)
            return told(user, Verdict.exhausted(event, Optional.empty(), action.attempts()));
        var method = configuration.authenticator(tenantId, event.method());
        var check = checks.get(event.method());
        if (check == null
                || !method.isActive()
                || !action.decision().allowedMethods().contains(event.method())) {
            return told(user, Verdict.refused(event, RefusalCause.METHOD_NOT_ALLOWED));
        }
        if (action.isFinished()) return told(user, Verdict.refused(event, RefusalCause.CHALLENGE_FINISHED));
        var judgement = check.judge(user, event, method);
        if (judgement instanceof Check.Right right) {
            return action.isOpen() && tenant.webhook().approvesVerification() && !event.isApproved()
                    ? told(user, Verdict.refused(event, RefusalCause.APPROVAL_NEEDED, action.attempts()))
                    : accepted(right, action, event);
        }
        return judgement instanceof Check.Wrong wrong
                ? wrong(user, action, event, attemptsMax, wrong.isReplay())
                : told(user, Verdict.refused(event, RefusalCause.NO_AUTHENTICATOR));
    }

    private static Step accepted(Check.Right right, RecentAction action, Event.Verify event) {
        var user = right.after();
        var at = event.cause().at();
        var met = action.isOpen() ? user.withHistory(user.history().succeeded(action.key(), at)) : user;
        var after = met.with(action.succeeded()).withThrottle(user.throttle().succeeded(action.key(), at));
        var verified = Verdict.verified(event, action.attempts() + 1, right.authenticator(), right.enrolled());
        return right.enrolled()
                ? new Step(after, List.of(verified, Enrolment.finished(event.cause(), right.authenticator())))
                : told(after, verified);
    }

    private static Step wrong(User user, RecentAction action, Event.Verify event, int attemptsMax, boolean isReplay) {
        var at = event.cause().at();
        var cause = isReplay ? RefusalCause.REPLAYED_CODE : RefusalCause.WRONG_CODE;
        var throttle = user.throttle().failed(action.key(), at);
        var tried = action.wrongCode();
        var after = user.withThrottle(throttle);
        var locked = throttle.lockedUntil(action.key(), at);
        if (locked.isPresent()) {
            return told(
                    failed(after, tried, at),
                    Verdict.lockedOut(event, Optional.of(cause), tried.attempts(), locked.get()));
        }
        if (tried.attempts() >= attemptsMax) {
            return told(failed(after, tried, at), Verdict.exhausted(event, Optional.of(cause), tried.attempts()));
        }
        return told(after.with(tried), Verdict.refused(event, cause, tried.attempts()));
    }

    private static User failed(User user, RecentAction action, Instant at) {
        return action.isOpen()
                ? user.with(action.failed()).withHistory(user.history().failed(action.key(), at))
                : user.with(action);
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
