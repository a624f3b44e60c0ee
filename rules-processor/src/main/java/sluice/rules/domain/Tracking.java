package sluice.rules.domain;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import sluice.rules.domain.history.History;
import sluice.rules.domain.history.Observation;
import sluice.rules.domain.throttle.Source;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ActionState;
import sluice.schemas.VerificationMethod;
import sluice.schemas.id.DerivedId;

/** Decides actions. */
final class Tracking {
    private final ExplanationSeal seal;

    Tracking(ExplanationSeal seal) {
        this.seal = seal;
    }

    /** Decides an action; one that was decided lately is the same action and gets the same decision. */
    Step track(User user, Event.Track event, ConfigurationView configuration) {
        var earlier = user.recentAction(event.action());
        if (earlier.isPresent()) return step(user, earlier.get().decision());
        var told = user.told(event.profile());
        var seen = observed(event, configuration);
        var facts = new Facts(told, event, seen.surroundings(), told.history().tracked(seen));
        var decision = decide(facts, configuration);
        return step(
                told.withHistory(after(decision, facts.after()))
                        .tracked(RecentAction.of(decision), Source.of(seen.surroundings())),
                decision);
    }

    /** What the history is to remember: of custom data points those that are set up, with values of their types. */
    private static Observation observed(Event.Track event, ConfigurationView configuration) {
        var cause = event.cause();
        var signals = event.signals();
        var points = configuration.actionPoints(cause.tenantId());
        var custom = new HashMap<>(signals.custom());
        custom.entrySet().removeIf(each -> {
            var point = points.get(each.getKey());
            return point == null || each.getValue().as(point.type()) == null;
        });
        var surroundings = signals.enrichment().surroundings(signals.deviceId());
        return new Observation(cause.at(), event.action(), surroundings, custom);
    }

    private static History after(Decision decision, History history) {
        return switch (decision.outcome()) {
            case ALLOW -> history.allowed(decision.action(), decision.cause().at());
            case BLOCK -> history.blocked(decision.action());
            case CHALLENGE, REVIEW, UNKNOWN -> history;
        };
    }

    private static Step step(User user, Decision decision) {
        return new Step(user, List.of(new Outcome.Decided(decision)));
    }

    private Decision decide(Facts facts, ConfigurationView configuration) {
        var user = facts.user();
        var event = facts.event();
        var cause = event.cause();
        var tenant =
                configuration.tenant(cause.tenantId()).orElseThrow(() -> new NoSuchTenantException(cause.tenantId()));
        var action = configuration.action(cause.tenantId(), event.action().actionCode());
        var rules = configuration.ruleSet(cause.tenantId(), event.action().actionCode());
        var ruling = Rules.ruling(action, rules, facts);
        var allowed = allowedMethods(ruling, action, cause.tenantId(), configuration);
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
                defaultMethod(user, ruling, action, allowed),
                isChallenge ? Optional.of(cause.at().plus(tenant.tokenLifetime())) : Optional.<Instant>empty(),
                ruling.shadowRuleIds(),
                ruling.shadowOutcome(),
                ruling.explanation().map(explanation -> seal.seal(cause, explanation)));
    }

    /** The deciding rule's methods, else the action's, else all that the tenant has activated (contract section 3, track). */
    private static List<VerificationMethod> allowedMethods(
            Rules.Ruling ruling, Setting.Action action, String tenantId, ConfigurationView configuration) {
        var set = ruling.decidedBy().flatMap(Setting.Rule::verificationMethods).or(action::verificationMethods);
        return Arrays.stream(VerificationMethod.values())
                .filter(method -> set.map(names -> names.contains(method.name()))
                        .orElseGet(() ->
                                configuration.authenticator(tenantId, method).isActive()))
                .toList();
    }

    private static Optional<VerificationMethod> defaultMethod(
            User user, Rules.Ruling ruling, Setting.Action action, List<VerificationMethod> allowed) {
        return ruling.decidedBy()
                .flatMap(Setting.Rule::defaultVerificationMethod)
                .or(action::defaultVerificationMethod)
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
