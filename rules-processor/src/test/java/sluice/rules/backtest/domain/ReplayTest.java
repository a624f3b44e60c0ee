package sluice.rules.backtest.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.rules.domain.CustomValue;
import sluice.rules.domain.Event;
import sluice.rules.domain.Explanation;
import sluice.rules.domain.Signals;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.RuleSet;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ActionOutcome;
import sluice.schemas.CustomDataModel;
import sluice.schemas.CustomDataType;
import sluice.schemas.VerificationMethod;

class ReplayTest {
    private static final String LARGE = "{'>':[{'var':'custom.amount'},100]}";
    private static final int ROOM = 100;

    private final Acme acme = new Acme()
            .dataPoint("amount", CustomDataType.NUMBER, CustomDataModel.ACTION)
            .outcome("pay", ActionOutcome.ALLOW)
            .rule("pay", "large", 0, ActionOutcome.CHALLENGE, LARGE);
    private final Story story = new Story(acme);
    private final Map<String, Recorded> recorded = new HashMap<>();
    private boolean isCut;

    @Test
    void givenTheSameRules_whenReplayed_thenNothingDiffers() {
        story.enrolled();
        pay(50);
        pay(500);

        var report = replay(Map.of("pay", Map.of("other-id", Acme.rule(7, ActionOutcome.CHALLENGE, LARGE))));

        assertThat(report.decisions()).isEqualTo(3);
        assertThat(report.differing()).isZero();
        assertThat(report.users()).isEqualTo(1);
        assertThat(report.affected()).isZero();
        assertThat(report.affectedUserIds()).isEmpty();
    }

    @Test
    void givenAStricterRule_whenReplayed_thenWhatWouldDifferIsCountedAndExplained() {
        pay(50);
        pay(500);
        pay(5000);
        story.track("signIn", "key");

        var report = replay(Map.of(
                "pay",
                Map.of(
                        "block", Acme.rule(0, ActionOutcome.BLOCK, "{'>':[{'var':'custom.amount'},1000]}"),
                        "large", Acme.rule(1, ActionOutcome.CHALLENGE, LARGE))));

        assertThat(report.decisions()).isEqualTo(4);
        assertThat(report.differing()).isEqualTo(1);
        assertThat(report.affectedUserIds()).containsExactly(Story.USER);
        var pay = report.actions().get(0);
        assertThat(pay.actionCode()).isEqualTo("pay");
        assertThat(pay.isReplaced()).isTrue();
        assertThat(pay.affected()).isEqualTo(1);
        assertThat(report.actions().get(1).isReplaced()).isFalse();
        assertThat(report.actions().get(1).differing()).isZero();
        var turned = pay.turns().get(0);
        assertThat(turned.turn()).isEqualTo(new Turn(ActionOutcome.CHALLENGE, ActionOutcome.BLOCK));
        assertThat(turned.count()).isEqualTo(1);
        var sample = turned.samples().get(0);
        assertThat(sample.before().ruleIds()).containsExactly("large");
        assertThat(sample.after().ruleIds()).containsExactly("block", "large");
        assertThat(sample.after().explanation().orElseThrow().values())
                .containsExactly(new Explanation.Value("custom.amount", Optional.of(5000.0)));
    }

    @Test
    void givenOtherMethods_whenReplayed_thenTheChallengeDiffersFromItself() {
        acme.method(VerificationMethod.EMAIL_OTP, true);
        pay(500);

        var byMail = Acme.rule(0, ActionOutcome.CHALLENGE, LARGE)
                .withVerificationMethods(Optional.of(List.of(VerificationMethod.EMAIL_OTP.name())));
        var report = replay(Map.of("pay", Map.of("large", byMail)));

        assertThat(report.actions().get(0).turns().get(0).turn())
                .isEqualTo(new Turn(ActionOutcome.CHALLENGE, ActionOutcome.CHALLENGE));
    }

    @Test
    void givenAPeriod_whenReplayed_thenEventsBeforeItMakeTheStateAndAreNotCounted() {
        story.enrolled();
        var from = story.after(Duration.ofHours(1)).now();
        pay(500);
        var to = story.after(Duration.ofHours(1)).now();
        pay(500);

        var enrolledOnly = Acme.rule(0, ActionOutcome.BLOCK, "{'var':'user.isEnrolled'}");
        var report = replay(
                Map.of("pay", Map.of("enrolled", enrolledOnly)), new Period(Optional.of(from), Optional.of(to)), ROOM);

        assertThat(report.decisions()).isEqualTo(1);
        assertThat(report.differing()).isEqualTo(1);
        assertThat(report.firstAt()).contains(Story.START);
    }

    /** The candidate lets nobody enrol, so the first code finishes nothing, and the user stays new to later rules. */
    @Test
    void givenACandidateThatChangesWhatTheUserIs_whenReplayed_thenLaterDecisionsDifferToo() {
        acme.outcome("view", ActionOutcome.ALLOW)
                .rule("view", "new", 0, ActionOutcome.BLOCK, "{'!':[{'var':'user.isEnrolled'}]}");
        story.enrolled();
        story.track("view", "key");

        var report = replay(Map.of("enroll", Map.of("none", Acme.rule(0, ActionOutcome.BLOCK, "{'!!':[true]}"))));

        assertThat(report.differing()).isEqualTo(2);
        assertThat(report.affected()).isEqualTo(1);
        assertThat(report.actions().get(1).turns().get(0).turn())
                .isEqualTo(new Turn(ActionOutcome.ALLOW, ActionOutcome.BLOCK));
    }

    @Test
    void givenAnEventThatComesAgain_whenReplayed_thenItsDecisionCountsOnce() {
        pay(500);
        var event = story.told().get(0);
        story.tell(event);
        var again = (Event.Track) event;
        story.tell(new Event.Track(story.cause(), again.action(), again.profile(), again.signals()));

        var report = replay(Map.of("pay", Map.of("block", Acme.rule(0, ActionOutcome.BLOCK, LARGE))));

        assertThat(report.events()).isEqualTo(3);
        assertThat(report.decisions()).isEqualTo(1);
        assertThat(report.differing()).isEqualTo(1);
    }

    @Test
    void givenTheRecord_whenReplayed_thenWhatAgreesDeviatesOrIsMissingIsCounted() {
        pay(50);
        pay(500);
        pay(50);
        var version = acme.configuration().version();
        record(0, ActionOutcome.ALLOW, List.of(), version);
        record(1, ActionOutcome.BLOCK, List.of("gone"), version - 1);

        var record = replay(Map.of("pay", Map.of())).record();

        assertThat(record.compared()).isEqualTo(2);
        assertThat(record.deviating()).isEqualTo(1);
        assertThat(record.missing()).isEqualTo(1);
        var deviation = record.samples().get(0);
        assertThat(deviation.recorded().outcome()).isEqualTo(ActionOutcome.BLOCK);
        assertThat(deviation.replayed().outcome()).isEqualTo(ActionOutcome.CHALLENGE);
        assertThat(deviation.replayed().ruleIds()).containsExactly("large");
        assertThat(deviation.reason()).isEqualTo(Deviation.Reason.OTHER_CONFIGURATION);
    }

    @Test
    void givenADeviationUnderTheSameConfiguration_whenReplayed_thenTheReasonIsTheLogOrUnknown() {
        pay(50);
        record(0, ActionOutcome.ALLOW, List.of("other"), acme.configuration().version());

        var unknown = replay(Map.of("pay", Map.of())).record();
        isCut = true;
        var cut = replay(Map.of("pay", Map.of())).record();

        assertThat(unknown.samples().get(0).reason()).isEqualTo(Deviation.Reason.UNKNOWN);
        assertThat(cut.samples().get(0).reason()).isEqualTo(Deviation.Reason.LOG_CUT);
    }

    private void record(int event, ActionOutcome outcome, List<String> ruleIds, long version) {
        recorded.put(
                story.told().get(event).cause().eventId(),
                new Recorded(Judgement.recorded(outcome, false, List.of(), Optional.empty(), ruleIds), version));
    }

    @Test
    void givenMoreUsersThanThereIsRoomFor_whenReplayed_thenItIsRefused() {
        pay(500);

        assertThatThrownBy(() -> replay(Map.of("pay", Map.of()), Period.ALL, 0))
                .isInstanceOf(TooManyUsersException.class);
    }

    private void pay(double amount) {
        story.track("pay", Signals.NONE.withCustom(Map.of("amount", CustomValue.of(amount))));
    }

    private Report replay(Map<String, Map<String, Setting.Rule>> candidate) {
        return replay(candidate, Period.ALL, ROOM);
    }

    private Report replay(Map<String, Map<String, Setting.Rule>> candidate, Period period, int usersMax) {
        var compiled = new HashMap<Piece, RuleSet>();
        candidate.forEach((actionCode, rules) -> compiled.put(
                Piece.action(Acme.TENANT, actionCode), acme.configuration().compiled(Acme.TENANT, rules)));
        var findings = new Findings(Set.copyOf(candidate.keySet()), 3);
        var replay = new Replay(
                (tenantId, userId, authenticatorId, secret) -> secret.bytes(),
                (tenantId, userId, authenticatorId, contact) -> new String(contact.bytes(), UTF_8),
                compiled,
                period,
                usersMax,
                isCut,
                findings);
        story.told()
                .forEach(event -> replay.apply(
                        event,
                        acme.configuration(),
                        Optional.ofNullable(recorded.get(event.cause().eventId()))));
        return findings.report();
    }
}
