package sluice.rules.backtest.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.Cause;
import sluice.rules.domain.CustomValue;
import sluice.rules.domain.Decider;
import sluice.rules.domain.Decision;
import sluice.rules.domain.Event;
import sluice.rules.domain.Outcome;
import sluice.rules.domain.Profile;
import sluice.rules.domain.Signals;
import sluice.rules.domain.User;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.CustomDataModel;
import sluice.schemas.CustomDataType;
import sluice.schemas.VerificationMethod;

/** One world until they part gives what two worlds from the start give. */
class ReplayPropertiesTest {
    private static final int EVENTS = 300;
    private static final List<String> CODES = List.of("pay", "signIn");
    private static final List<ActionOutcome> OUTCOMES =
            List.of(ActionOutcome.ALLOW, ActionOutcome.CHALLENGE, ActionOutcome.REVIEW, ActionOutcome.BLOCK);
    private static final List<String> CONDITIONS = List.of(
            "{'>':[{'var':'custom.amount'},500]}",
            "{'<':[{'var':'custom.amount'},300]}",
            "{'var':'user.isEnrolled'}",
            "{'==':[{'var':'user.email'},null]}");

    @Property(tries = 100)
    void givenRandomEventsAndRules_whenReplayed_thenTheReportIsThatOfTwoFoldsApart(@ForAll long seed) {
        var random = new Random(seed);
        var acme = new Acme().dataPoint("amount", CustomDataType.NUMBER, CustomDataModel.ACTION);
        CODES.forEach(code -> acme.rule(code, "rule", 0, any(OUTCOMES, random), any(CONDITIONS, random)));
        var candidate = Map.of(
                Piece.action(Acme.TENANT, "pay"),
                acme.configuration()
                        .compiled(
                                Acme.TENANT,
                                Map.of("candidate", Acme.rule(0, any(OUTCOMES, random), any(CONDITIONS, random)))));
        var events = events(random);
        var findings = new Findings(Set.of("pay"), 3);
        var replay = new Replay(
                (tenantId, userId, authenticatorId, secret) -> secret.bytes(),
                (tenantId, userId, authenticatorId, contact) -> new String(contact.bytes(), UTF_8),
                candidate,
                Period.ALL,
                EVENTS,
                false,
                findings);

        var recorded = recorded(events, acme.configuration());
        events.forEach(event -> replay.apply(
                event,
                acme.configuration(),
                Optional.ofNullable(recorded.get(event.cause().eventId()))));

        var report = findings.report();
        var was = decisions(events, acme.configuration());
        var wouldBe = decisions(events, acme.configuration().with(candidate));
        var differing = was.entrySet().stream()
                .filter(entry -> entry.getValue().cause().equals(entry.getKey().cause()))
                .filter(entry -> !judgement(entry.getValue())
                        .isAlike(judgement(Objects.requireNonNull(wouldBe.get(entry.getKey())))))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(report.decisions())
                .isEqualTo(was.entrySet().stream()
                        .filter(entry ->
                                entry.getValue().cause().equals(entry.getKey().cause()))
                        .count());
        assertThat(report.differing()).isEqualTo(differing.size());
        assertThat(report.record()).as("P3").isEqualTo(new Report.OfRecord(report.decisions(), 0, 0, List.of()));
        assertThat(report.affectedUserIds())
                .containsExactlyInAnyOrderElementsOf(
                        differing.stream().map(event -> event.cause().userId()).collect(Collectors.toSet()));
    }

    /** As production writes them to the log. */
    private static Map<String, Recorded> recorded(List<Event> events, ConfigurationView configuration) {
        return decisions(events, configuration).values().stream()
                .collect(Collectors.toMap(
                        decision -> decision.cause().eventId(),
                        decision -> new Recorded(judgement(decision), configuration.version()),
                        (one, same) -> one));
    }

    private static Judgement judgement(Decision decision) {
        return Judgement.of(decision, Optional.empty());
    }

    /** A fold of one world: what each track event gave, be it what an earlier one gave. */
    private static Map<Event, Decision> decisions(List<Event> events, ConfigurationView configuration) {
        var decider = new Decider(
                (tenantId, userId, authenticatorId, secret) -> secret.bytes(),
                (tenantId, userId, authenticatorId, contact) -> new String(contact.bytes(), UTF_8),
                Story::seal);
        var users = new HashMap<String, User>();
        var decisions = new HashMap<Event, Decision>();
        for (var event : events) {
            var step =
                    decider.decide(Optional.ofNullable(users.get(event.cause().userId())), event, configuration);
            users.put(event.cause().userId(), step.user());
            step.outcomes().forEach(outcome -> {
                if (outcome instanceof Outcome.Decided decided) decisions.put(event, decided.decision());
            });
        }
        return decisions;
    }

    private static List<Event> events(Random random) {
        var events = new ArrayList<Event>();
        for (var i = 0; i < EVENTS; i++) {
            var cause = new Cause(
                    "event-" + i,
                    Acme.TENANT,
                    "user-" + random.nextInt(4),
                    Story.START.plusSeconds(40L * i),
                    Optional.empty());
            var action = new ActionKey(any(CODES, random), "key-" + random.nextInt(40));
            events.add(
                    switch (random.nextInt(8)) {
                        case 0 ->
                            new Event.Enroll(
                                    cause,
                                    action,
                                    "authenticator-" + i,
                                    VerificationMethod.AUTHENTICATOR_APP,
                                    new Sealed(Acme.SECRET),
                                    random.nextBoolean(),
                                    cause.at().plus(Acme.LIFETIME));
                        case 1, 2 ->
                            new Event.Verify(cause, action, VerificationMethod.AUTHENTICATOR_APP, code(cause, random));
                        case 3 -> new Event.UpdateAction(cause, action, ActionState.CHALLENGE_REQUIRED);
                        case 4 ->
                            random.nextInt(4) == 0 ? new Event.DeleteUser(cause) : new Event.Expire(cause, action);
                        default -> track(cause, action, random);
                    });
        }
        return events;
    }

    private static Event track(Cause cause, ActionKey action, Random random) {
        var amount = CustomValue.of((double) random.nextInt(1000));
        var profile = Profile.tracked(
                random.nextBoolean() ? Optional.of("ada@example.com") : Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new Event.Track(cause, action, profile, Signals.NONE.withCustom(Map.of("amount", amount)));
    }

    private static String code(Cause cause, Random random) {
        if (random.nextInt(3) == 0) return "000000";
        return Story.codeAt(cause.at(), Acme.SECRET);
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
