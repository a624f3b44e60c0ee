package sluice.runtime.configuration.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
        history.apply(new Change("change", piece, basedOn, Instant.EPOCH, "test", Optional.of(value)));
    }
}
