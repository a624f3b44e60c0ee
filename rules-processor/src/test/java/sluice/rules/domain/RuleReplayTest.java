package sluice.rules.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.runtime.configuration.domain.ConfigurationHistory;
import sluice.schemas.ActionOutcome;
import sluice.schemas.CustomDataModel;
import sluice.schemas.CustomDataType;

/** P3: a replay into empty state gives the same decisions, whatever happened to the rules in between. */
class RuleReplayTest {
    private static final long SEED = 20_261_125L;
    private static final int EVENTS = 100_000;
    private static final int EVENTS_A_CHANGE = 500;
    private static final List<ActionOutcome> OUTCOMES =
            List.of(ActionOutcome.ALLOW, ActionOutcome.CHALLENGE, ActionOutcome.REVIEW, ActionOutcome.BLOCK);
    private static final List<String> CONDITIONS = List.of(
            "{'>':[{'var':'custom.amount'},500]}",
            "{'inCidr':[{'var':'ip.address'},'10.0.0.0/9']}",
            "{'and':[{'hourBetween':[{'var':'action.hourOfDay'},22,6]},{'!':{'var':'user.isEnrolled'}}]}",
            "{'==':[{'%':[{'var':'custom.amount'},7]},3]}",
            "{'in':[{'var':'action.dayOfWeek'},['SATURDAY','SUNDAY']]}",
            "{'startsWith':[{'var':'locale'},'e']}",
            "{'and':[{'var':'device.isNew'},{'>':[{'var':'action.count.1h'},1]}]}",
            "{'>':[{'var':'custom.amount.sum.24h'},2500]}",
            "{'>=':[{'var':'custom.payee.distinct.7d'},4]}",
            "{'or':[{'var':'ip.isAtypicalTravel'},{'>':[{'var':'user.attempts.30d'},2]}]}",
            "{'and':[{'>':[{'var':'device.countOfUser'},2]},{'!':{'var':'ip.isNew'}}]}",
            "false");

    private final Random random = new Random(SEED);
    private final Acme acme = new Acme()
            .dataPoint("amount", CustomDataType.NUMBER, CustomDataModel.ACTION)
            .dataPoint("payee", CustomDataType.TEXT, CustomDataModel.ACTION);

    /** @param version that the event is stamped with */
    private record Stamped(Event.Track event, long version) {}

    @Test
    void givenEventsAndRuleChanges_whenReplayedIntoEmptyState_thenTheDecisionsAreTheSame() {
        var log = new ArrayList<Stamped>();
        for (var i = 0; i < EVENTS; i++) {
            if (i % EVENTS_A_CHANGE == 0) changeARule();
            log.add(new Stamped(event(i), acme.configuration().version()));
        }
        var first = decisions(log, acme.history());
        var again = decisions(log, acme.history());

        assertThat(again).isEqualTo(first);
        assertThat(first.stream().map(Decision::outcome).distinct()).containsExactlyInAnyOrderElementsOf(OUTCOMES);
        assertThat(first.stream()
                        .filter(decision -> !decision.ruleIds().isEmpty())
                        .count())
                .isGreaterThan(EVENTS / 10);
    }

    private void changeARule() {
        var rule = Acme.rule(
                        random.nextInt(5),
                        OUTCOMES.get(random.nextInt(OUTCOMES.size())),
                        CONDITIONS.get(random.nextInt(CONDITIONS.size())))
                .withIsShadow(random.nextInt(3) == 0)
                .withIsActive(random.nextInt(4) > 0);
        acme.rule(actionCode(), "rule-" + random.nextInt(8), rule);
    }

    private String actionCode() {
        return random.nextBoolean() ? "pay" : "signIn";
    }

    private Event.Track event(int number) {
        var cause = new Cause(
                "event-" + number,
                Acme.TENANT,
                "user-" + random.nextInt(500),
                Story.START.plusSeconds(30L * number),
                Optional.empty());
        var place = random.nextInt(8);
        var address = "10.%d.0.1".formatted(random.nextInt(256));
        var signals = new Signals(
                Optional.of(address),
                Optional.empty(),
                random.nextInt(4) > 0 ? Optional.of("device-" + random.nextInt(6)) : Optional.empty(),
                random.nextBoolean() ? Optional.of("en") : Optional.empty(),
                Map.of(
                        "amount",
                        CustomValue.of((double) random.nextInt(1000)),
                        "payee",
                        CustomValue.of("payee-" + random.nextInt(9))),
                Enrichment.NONE.with(found -> found.address(Optional.of(address))
                        .country(Optional.of("C" + place))
                        .latitude(Optional.of(place * 10.0))
                        .longitude(Optional.of(place * 20.0))));
        // some come twice: the same action, and the same decision
        return new Event.Track(
                cause, new ActionKey(actionCode(), "key-" + random.nextInt(EVENTS)), Profile.UNKNOWN, signals);
    }

    private static List<Decision> decisions(List<Stamped> log, ConfigurationHistory history) {
        var decider = new Decider(
                (tenantId, userId, authenticatorId, secret) -> secret.bytes(),
                (tenantId, userId, authenticatorId, contact) -> new String(contact.bytes(), UTF_8),
                Story::seal);
        var users = new HashMap<String, User>();
        var decisions = new ArrayList<Decision>();
        for (var each : log) {
            var userId = each.event().cause().userId();
            var step = decider.decide(Optional.ofNullable(users.get(userId)), each.event(), history.at(each.version()));
            users.put(userId, step.user());
            decisions.add(((Outcome.Decided) step.outcomes().get(0)).decision());
        }
        return decisions;
    }
}
