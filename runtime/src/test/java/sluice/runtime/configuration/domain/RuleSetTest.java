package sluice.runtime.configuration.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.rule.ConditionCompiler;
import sluice.rule.CustomDataPoint;
import sluice.rule.RefusedConditionException;
import sluice.rule.ValueType;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ConfigurationKind;
import sluice.schemas.CustomDataModel;
import sluice.schemas.CustomDataType;
import sluice.schemas.ValueListItemType;

class RuleSetTest {
    private static final Piece LIST = Piece.valueList("acme", "countries");
    private static final Piece POINT = Piece.customDataPoint("acme", "1");
    private static final String IN_LIST = "{\"inList\":[{\"var\":\"ip.countryCode\"},\"countries\"]}";
    private static final String LARGE = "{\">\":[{\"var\":\"custom.amount\"},1000]}";

    private final ConfigurationHistory history = new ConfigurationHistory();

    @Test
    void givenRulesOfManyPriorities_whenAsked_thenTheActiveOnesAreInOrder() {
        rule("pay", "b", 1, true);
        rule("pay", "c", 0, true);
        rule("pay", "a", 1, true);
        rule("pay", "d", 0, false);
        rule("signIn", "e", 0, true);

        assertThat(history.newest().ruleSet("acme", "pay").rules())
                .extracting(RuleSet.Compiled::ruleId)
                .containsExactly("c", "a", "b");
        assertThat(history.newest().ruleSet("other", "pay")).isSameAs(RuleSet.EMPTY);
    }

    /** Compiled once per change: the hot path finds it done. */
    @Test
    void givenAChangeOfSomethingElse_whenAskedAgain_thenTheRuleSetIsTheVerySame() {
        rule("pay", "a", 0, true);
        var compiled = history.newest().ruleSet("acme", "pay");
        rule("signIn", "b", 0, true);
        set(Piece.theme("acme"), Setting.Theme.UNSET);
        assertThat(history.newest().ruleSet("acme", "pay")).isSameAs(compiled);

        rule("pay", "c", 0, true);
        assertThat(history.newest().ruleSet("acme", "pay")).isNotSameAs(compiled);
        assertThat(history.at(1).ruleSet("acme", "pay")).isSameAs(compiled);
    }

    @Test
    void givenAListThatARuleLooksIn_whenItChanges_thenTheRuleSetOfEachVersionIsItsOwn() {
        set(LIST, list("AQ"));
        set(Piece.rule("acme", "pay", "a"), rule(0, true, IN_LIST));
        var before = history.newest().ruleSet("acme", "pay");
        set(LIST, list("BV"));

        assertThat(history.newest().ruleSet("acme", "pay")).isNotSameAs(before);
        assertThat(history.at(2).ruleSet("acme", "pay")).isSameAs(before);
    }

    @Test
    void givenWhatAnActiveRuleReads_whenItIsToGoOrToBecomeSomethingElse_thenTheFaultIsNamed() {
        set(LIST, list("AQ"));
        set(POINT, point("amount", CustomDataType.NUMBER));
        set(Piece.rule("acme", "pay", "a"), rule(0, true, IN_LIST));
        set(Piece.rule("acme", "pay", "b"), rule(0, true, LARGE));

        assertThat(fault(LIST, Optional.empty())).contains("pay/a /inList/1");
        assertThat(fault(LIST, Optional.of(list("BV")))).isEmpty();
        assertThat(fault(POINT, Optional.empty())).contains("pay/b />/0/var");
        assertThat(fault(POINT, Optional.of(point("sum", CustomDataType.NUMBER))))
                .contains("pay/b />/0/var");
        assertThat(fault(POINT, Optional.of(point("amount", CustomDataType.BOOLEAN))))
                .contains("pay/b />/0/var");
        assertThat(fault(POINT, Optional.of(point("amount", CustomDataType.NUMBER))))
                .isEmpty();
    }

    @Test
    void givenAnInactiveRule_whenWhatItReadsGoes_thenThereIsNoFault() {
        set(LIST, list("AQ"));
        set(Piece.rule("acme", "pay", "a"), rule(0, false, IN_LIST));

        assertThat(fault(LIST, Optional.empty())).isEmpty();
    }

    /** Two changes at one moment: each was sound when it was checked. */
    @Test
    void givenARuleWhoseListIsGone_whenAsked_thenTheOthersAreThere() {
        set(Piece.rule("acme", "pay", "a"), rule(0, true, IN_LIST));
        rule("pay", "b", 1, true);

        assertThat(history.newest().ruleSet("acme", "pay").rules())
                .extracting(RuleSet.Compiled::ruleId)
                .containsExactly("b");
        assertThat(history.newest().rules("acme", "pay")).containsOnlyKeys("a", "b");
    }

    /** Somebody may write anything to the log; such a record counts for nothing, and no reader stumbles. */
    @Test
    void givenARuleOfNoActionCode_whenItIsNamed_thenItIsRefused() {
        assertThatThrownBy(() -> new Piece("acme", ConfigurationKind.RULE, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action.count.24h|",
                "user.attempts.10m|",
                "user.failedChallenges.30d|",
                "custom.amount.count.1h|",
                "custom.amount.sum.24h|",
                "custom.amount.max.7d|",
                "custom.payee.count.30d|",
                "custom.payee.distinct.30d|",
                "custom.tags.count.1h|",
                "custom.amount.sum.25h|There is no data point custom.amount.sum.25h. Did you mean custom.amount.sum.24h?",
                "custom.payee.sum.24h|There is no data point custom.payee.sum.24h.",
                "custom.amount.distinct.24h|There is no data point custom.amount.distinct.24h.",
                "custom.tags.distinct.1h|There is no data point custom.tags.distinct.1h.",
                "custom.other.count.1h|There is no data point custom.other.count.1h.",
                "user.custom.score.sum.1h|There is no data point user.custom.score.sum.1h."
            })
    void givenTheTenantsDataPoints_whenARuleReadsTheirPast_thenOnlyWhatTheirTypesHaveIsTaken(
            String name, @Nullable String refusal) throws RefusedConditionException {
        set(POINT, point("amount", CustomDataType.NUMBER));
        set(Piece.customDataPoint("acme", "2"), point("payee", CustomDataType.TEXT));
        set(Piece.customDataPoint("acme", "3"), point("tags", CustomDataType.MULTISELECT));
        set(Piece.customDataPoint("acme", "4"), point("amount", CustomDataType.TEXT)); // the smaller id counts
        set(
                Piece.customDataPoint("acme", "5"),
                new Setting.CustomDataPoint(
                        "score", CustomDataType.NUMBER, CustomDataModel.USER, Optional.empty(), false));
        var compiler = new ConditionCompiler(history.newest().vocabulary("acme"));
        var condition = "{\">\":[{\"var\":\"" + name + "\"},5]}";

        if (refusal == null) compiler.compile(condition);
        else
            assertThatThrownBy(() -> compiler.compile(condition))
                    .isInstanceOf(RefusedConditionException.class)
                    .hasMessageContaining(refusal);
    }

    @Test
    void givenWhatTheTenantNamedLikeAnAggregate_whenARuleReadsIt_thenItIsTheTenantsOwn() {
        set(POINT, point("amount", CustomDataType.NUMBER));
        set(Piece.customDataPoint("acme", "2"), point("amount.sum.24h", CustomDataType.TEXT));

        assertThat(history.newest().vocabulary("acme").variables().get("custom.amount.sum.24h"))
                .isEqualTo(new CustomDataPoint("amount.sum.24h", ValueType.TEXT, false));
    }

    /** The hot path asks at every event. */
    @Test
    void givenDataPointsOfActions_whenAskedForAtAVersion_thenTheyAreThoseOfThatVersionMadeOnce() {
        assertThat(history.newest().actionPoints("acme")).isEmpty();
        set(POINT, point("amount", CustomDataType.NUMBER));
        var first = history.newest().actionPoints("acme");
        set(Piece.theme("acme"), Setting.Theme.UNSET);
        assertThat(history.newest().actionPoints("acme")).isSameAs(first).containsOnlyKeys("amount");
        set(Piece.customDataPoint("acme", "2"), point("payee", CustomDataType.TEXT));

        assertThat(history.newest().actionPoints("acme")).containsOnlyKeys("amount", "payee");
        assertThat(history.at(1).actionPoints("acme")).isSameAs(first);
        assertThat(history.newest().actionPoints("other")).isEmpty();
    }

    private Optional<String> fault(Piece piece, Optional<? extends Setting> after) {
        return history.newest()
                .fault(piece, after)
                .map(fault -> fault.rule() + " " + fault.refusal().pointer());
    }

    private void rule(String actionCode, String ruleId, int priority, boolean isActive) {
        set(Piece.rule("acme", actionCode, ruleId), rule(priority, isActive, "true"));
    }

    private static Setting rule(int priority, boolean isActive, String conditions) {
        return new Setting.Rule(
                "Rule",
                Optional.empty(),
                isActive,
                priority,
                ActionOutcome.BLOCK,
                conditions,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static Setting list(String item) {
        return new Setting.ValueList(
                "Countries", ValueListItemType.STRING, Optional.of(List.of(item)), Optional.empty(), Optional.empty());
    }

    private static Setting point(String name, CustomDataType type) {
        return new Setting.CustomDataPoint(name, type, CustomDataModel.ACTION, Optional.empty(), false);
    }

    private void set(Piece piece, Setting value) {
        var basedOn = history.newest().changedAt(piece);
        history.apply(new Change(
                "change", piece, basedOn, Instant.EPOCH, Author.commandLine("test", "run"), Optional.of(value)));
    }
}
