package sluice.rules.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.rule.DataPoint;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.CustomDataModel;
import sluice.schemas.CustomDataType;
import sluice.schemas.VerificationMethod;

class RulesTest {
    private static final String ALWAYS = "true";
    private static final String NEVER = "false";

    private final Acme acme = new Acme();
    private final Story story = new Story(acme);

    @Test
    void givenManyMatches_whenTracked_thenTheFirstByPriorityDecidesAndAllAreNamed() {
        acme.rule("pay", "z", 0, ActionOutcome.ALLOW, NEVER)
                .rule("pay", "y", 2, ActionOutcome.ALLOW, ALWAYS)
                .rule("pay", "x", 1, ActionOutcome.BLOCK, ALWAYS)
                .rule("pay", "w", 2, ActionOutcome.REVIEW, ALWAYS);

        var decision = story.track("pay", Signals.NONE);

        assertThat(decision.state()).isEqualTo(ActionState.BLOCK);
        assertThat(decision.ruleIds()).containsExactly("x", "w", "y");
        assertThat(decision.shadowOutcome()).isEmpty();
    }

    @Test
    void givenNoMatch_whenTracked_thenTheDefaultDecidesAndTheExplanationSaysWhatWasSeen() {
        acme.outcome("pay", ActionOutcome.ALLOW)
                .rule("pay", "x", 0, ActionOutcome.BLOCK, "{'==':[{'var':'ip.address'},'192.0.2.1']}");

        var decision = story.track("pay", address("192.0.2.7"));

        assertThat(decision.state()).isEqualTo(ActionState.ALLOW);
        assertThat(decision.ruleIds()).isEmpty();
        assertThat(explanation(decision)).contains("ip.address", "192.0.2.7", "ruleId=x, isMatch=false");
    }

    @Test
    void givenNoRule_whenTracked_thenThereIsNothingToExplain() {
        assertThat(story.track("pay", Signals.NONE).explanation()).isEmpty();
    }

    @Test
    void givenRulesInShadow_whenTheyMatch_thenTheyAreRecordedAndAffectNothing() {
        acme.outcome("pay", ActionOutcome.ALLOW)
                .rule("pay", "live", 1, ActionOutcome.CHALLENGE, ALWAYS)
                .rule("pay", "before", shadow(0, ActionOutcome.BLOCK, ALWAYS))
                .rule("pay", "after", shadow(2, ActionOutcome.REVIEW, ALWAYS))
                .rule("pay", "other", shadow(0, ActionOutcome.ALLOW, NEVER));

        var decision = story.track("pay", Signals.NONE);

        assertThat(decision.state()).isEqualTo(ActionState.CHALLENGE_REQUIRED);
        assertThat(decision.ruleIds()).containsExactly("live");
        assertThat(decision.shadowRuleIds()).containsExactly("before", "after");
        assertThat(decision.shadowOutcome()).contains(ActionOutcome.BLOCK);
        assertThat(explanation(decision)).contains("ruleId=other, isMatch=false");
    }

    @Test
    void givenAShadowAfterTheRuleThatDecides_whenItMatches_thenItsOutcomeWouldNotHaveCounted() {
        acme.rule("pay", "live", 0, ActionOutcome.ALLOW, ALWAYS)
                .rule("pay", "after", shadow(1, ActionOutcome.BLOCK, ALWAYS));

        assertThat(story.track("pay", Signals.NONE).shadowOutcome()).contains(ActionOutcome.ALLOW);
    }

    private static Setting.Rule shadow(int priority, ActionOutcome type, String conditions) {
        return Acme.rule(priority, type, conditions).withIsShadow(true);
    }

    @Test
    void givenARuleWithMethods_whenItDecides_thenTheyStandInForTheActions() {
        acme.methods("pay", "AUTHENTICATOR_APP")
                .rule(
                        "pay",
                        "x",
                        Acme.rule(0, ActionOutcome.CHALLENGE, "{'==':[{'var':'locale'},'de']}")
                                .withVerificationMethods(Optional.of(List.of("PASSKEY", "SMS")))
                                .withDefaultVerificationMethod(Optional.of("PASSKEY")));

        var decision = story.track("pay", locale("de"));

        assertThat(decision.allowedMethods())
                .containsExactlyInAnyOrder(VerificationMethod.PASSKEY, VerificationMethod.SMS);
        assertThat(decision.defaultMethod()).contains(VerificationMethod.PASSKEY);
        assertThat(story.track("pay", locale("en")).allowedMethods())
                .containsExactly(VerificationMethod.AUTHENTICATOR_APP);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'==':[{'var':'action.code'},'pay']}",
                "{'==':[{'var':'action.time'},'2026-01-03T13:05:00.000Z']}",
                "{'==':[{'var':'action.hourOfDay'},13]}",
                "{'==':[{'var':'action.dayOfWeek'},'SATURDAY']}",
                "{'var':'user.isEnrolled'}",
                "{'some':[{'var':'user.verificationMethods'},{'==':[{'var':''},'AUTHENTICATOR_APP']}]}",
                "{'==':[{'var':'user.accountAgeDays'},2]}",
                "{'==':[{'var':'user.email'},'ada@example.com']}",
                "{'==':[{'var':'user.emailVerified'},null]}",
                "{'==':[{'var':'user.phoneNumber'},'123']}",
                "{'==':[{'var':'ip.address'},'192.0.2.7']}",
                "{'==':[{'var':'device.id'},'laptop']}",
                "{'==':[{'var':'userAgent'},'Mozilla/5.0']}",
                "{'==':[{'var':'locale'},'en-NZ']}",
                "{'==':[{'var':'ip.isAnonymous'},null]}",
                "{'==':[{'var':'ip.countryCode'},null]}",
                "{'==':[{'var':'device.isNew'},true]}",
                "{'==':[{'var':'custom.amount'},12.5]}",
                "{'==':[{'var':'custom.note'},null]}",
                "{'==':[{'var':'user.custom.vip'},true]}",
                "{'in':['red',{'var':'custom.colours'}]}",
                "{'in':['rush',{'var':'custom.tags'}]}",
                "{'some':[{'var':'custom.tags'},{'==':[{'var':''},'gift']}]}",
                "{'none':[{'var':'custom.tags'},{'==':[{'var':''},'red']}]}",
                "{'==':[{'var':'custom.tags.length'},2]}",
                "{'==':[{'var':'custom.listed'},null]}",
                "{'all':[{'var':'user.custom.plans'},{'in':[{'var':''},['gold','silver']]}]}"
            })
    void givenWhatIsKnown_whenARuleReadsADataPoint_thenItHasItsValue(String condition) {
        acme.dataPoint("amount", CustomDataType.NUMBER, CustomDataModel.ACTION)
                .dataPoint("note", CustomDataType.TEXT, CustomDataModel.ACTION)
                .dataPoint("colours", CustomDataType.MULTISELECT, CustomDataModel.ACTION)
                .dataPoint("tags", CustomDataType.MULTISELECT, CustomDataModel.ACTION)
                .dataPoint("listed", CustomDataType.TEXT, CustomDataModel.ACTION)
                .dataPoint("plans", CustomDataType.MULTISELECT, CustomDataModel.USER)
                .dataPoint("vip", CustomDataType.BOOLEAN, CustomDataModel.USER)
                .rule("pay", "x", 0, ActionOutcome.REVIEW, condition);
        story.enrolled().after(Duration.ofDays(2).plusHours(13).plusMinutes(5));
        story.update(new Profile(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of("vip", truth(true), "plans", CustomValue.of(List.of("gold", "silver"))),
                Optional.of("fr")));
        var event = new Event.Track(
                story.cause(),
                new ActionKey("pay", "1"),
                Profile.tracked(Optional.of("ada@example.com"), Optional.of("123"), Optional.empty()),
                signals());

        var decided = (Outcome.Decided) story.tell(event).get(0);

        assertThat(decided.decision().ruleIds()).containsExactly("x");
    }

    /** The data point is text: a number is not a value of it. */
    private static Signals signals() {
        return new Signals(
                Optional.of("192.0.2.7"),
                Optional.of("Mozilla/5.0"),
                Optional.of("laptop"),
                Optional.of("en-NZ"),
                Map.of(
                        "amount",
                        number(12.5),
                        "note",
                        number(7),
                        "colours",
                        text("red"),
                        "tags",
                        texts(),
                        "listed",
                        texts()),
                Enrichment.NONE);
    }

    @Test
    void givenNothing_whenEveryDataPointIsRead_thenEachHasAValueOfItsTypeOrNone() {
        var names = DataPoint.byName().keySet().stream()
                .map("{'var':'%s'}"::formatted)
                .reduce((one, other) -> one + "," + other)
                .orElseThrow();
        acme.rule("pay", "x", 0, ActionOutcome.BLOCK, "{'cat':[" + names + "]}");

        assertThat(story.track("pay", Signals.NONE).state()).isEqualTo(ActionState.BLOCK);
    }

    /** What a user's record holds of explanations is bounded, in number and in length. */
    @Test
    void givenManyActionsWithLongValues_whenTracked_thenTheLatestAreExplainedAndCut() {
        acme.rule("pay", "x", 0, ActionOutcome.ALLOW, "{'contains':[{'var':'userAgent'},'x']}");
        for (var i = 0; i < 2 * User.RECENT_ACTIONS_MAX; i++) {
            var decision = story.track("pay", agent("x".repeat(4096)));
            assertThat(explanation(decision)).contains("x".repeat(256)).doesNotContain("x".repeat(257));
        }

        assertThat(story.user().recentActions()).hasSize(User.RECENT_ACTIONS_MAX);
        assertThat(story.user().recentActions().stream()
                        .filter(action -> action.decision().explanation().isPresent()))
                .hasSize(User.EXPLANATIONS_MAX);
    }

    /** What is forgotten is forgotten in what explains decisions too. */
    @Test
    void givenAUserWhoIsDeleted_whenWhatIsLeftIsLookedAt_thenNothingExplainsTheirDecisions() {
        acme.rule("pay", "x", 0, ActionOutcome.ALLOW, "{'var':'ip.address'}");
        story.track("pay", address("192.0.2.1"));
        story.deleteUser();

        assertThat(story.user().recentActions())
                .singleElement()
                .satisfies(action -> assertThat(action.decision().explanation()).isEmpty());
    }

    private static Signals address(String address) {
        return signals(Optional.of(address), Optional.empty(), Optional.empty());
    }

    private static Signals agent(String agent) {
        return signals(Optional.empty(), Optional.of(agent), Optional.empty());
    }

    private static Signals locale(String locale) {
        return signals(Optional.empty(), Optional.empty(), Optional.of(locale));
    }

    private static Signals signals(Optional<String> address, Optional<String> agent, Optional<String> locale) {
        return new Signals(address, agent, Optional.empty(), locale, Map.of(), Enrichment.NONE);
    }

    private static CustomValue texts() {
        return CustomValue.of(List.of("gift", "rush"));
    }

    private static CustomValue text(String text) {
        return CustomValue.of(text);
    }

    private static CustomValue number(double number) {
        return CustomValue.of(number);
    }

    private static CustomValue truth(boolean truth) {
        return CustomValue.of(truth);
    }

    private static String explanation(Decision decision) {
        return new String(decision.explanation().orElseThrow().bytes(), UTF_8);
    }
}
