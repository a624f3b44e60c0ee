package sluice.rules.domain;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.rules.domain.history.History;
import sluice.rules.domain.history.Observation;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ActionState;
import sluice.schemas.VerificationMethod;
import sluice.schemas.id.DerivedId;

/** Decides actions. */
final class Tracking {
    private Tracking() {}

    /** Decides an action; one that was decided lately is the same action and gets the same decision. */
    static Step track(User user, Event.Track event, ConfigurationView configuration) {
        var earlier = user.recentAction(event.action());
        if (earlier.isPresent()) return step(user, earlier.get().decision());
        var decision = decide(user, event, configuration);
        var after = user.told(event.profile()).tracked(RecentAction.of(decision));
        return step(after.withHistory(remembered(user.history(), event, decision)), decision);
    }

    private static History remembered(History before, Event.Track event, Decision decision) {
        var at = event.cause().at();
        var seen = before.tracked(new Observation(at, event.action(), event.surroundings(), Map.of()));
        return decision.state() == ActionState.ALLOW ? seen.allowed(event.action(), at) : seen;
    }

    private static Step step(User user, Decision decision) {
        return new Step(user, List.of(new Outcome.Decided(decision)));
    }

    private static Decision decide(User user, Event.Track event, ConfigurationView configuration) {
        var cause = event.cause();
        var tenant =
                configuration.tenant(cause.tenantId()).orElseThrow(() -> new NoSuchTenantException(cause.tenantId()));
        var action = configuration.action(cause.tenantId(), event.action().actionCode());
        var ruling = Rules.ruling(action);
        var allowed = allowedMethods(action, cause.tenantId(), configuration);
        var isChallenge = ruling.state() == ActionState.CHALLENGE_REQUIRED;
        return new Decision(
                DerivedId.of(cause.eventId(), "decision"),
                cause,
                event.action(),
                ruling.outcome(),
                ruling.state(),
                ruling.ruleIds(),
                configuration.version(),
                user.enrolledMethods(),
                allowed,
                defaultMethod(user, action, allowed),
                isChallenge ? Optional.of(cause.at().plus(tenant.tokenLifetime())) : Optional.<Instant>empty());
    }

    /** The action's methods, else all that the tenant has activated (contract section 3, track). */
    private static List<VerificationMethod> allowedMethods(
            Setting.Action action, String tenantId, ConfigurationView configuration) {
        return Arrays.stream(VerificationMethod.values())
                .filter(method -> action.verificationMethods()
                        .map(names -> names.contains(method.name()))
                        .orElseGet(() ->
                                configuration.authenticator(tenantId, method).isActive()))
                .toList();
    }

    private static Optional<VerificationMethod> defaultMethod(
            User user, Setting.Action action, List<VerificationMethod> allowed) {
        return action.defaultVerificationMethod()
                .flatMap(name -> allowed.stream()
                        .filter(method -> method.name().equals(name))
                        .findFirst())
                .or(() -> user.authenticators().stream()
                        .map(EnrolledAuthenticator::authenticator)
                        .filter(Authenticator::isDefault)
                        .map(Authenticator::method)
                        .filter(allowed::contains)
                        .findFirst());
    }
}
