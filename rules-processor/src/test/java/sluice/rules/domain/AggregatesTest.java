package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Reader;
import sluice.rules.testkit.Story;
import sluice.schemas.CustomDataModel;
import sluice.schemas.CustomDataType;

/** What rules see of the past values of a tenant's own data points. */
class AggregatesTest {
    private final Acme acme = new Acme();
    private final Story story = new Story(acme);
    private final Reader reader = new Reader(acme, story);

    private Map<String, String> read(Map<String, CustomValue> custom, String... names) {
        return reader.read("pay", Signals.NONE.withCustom(custom), names);
    }

    private void point(String name, CustomDataType type) {
        acme.dataPoint(name, type, CustomDataModel.ACTION);
    }

    @Test
    void givenPayments_whenAggregated_thenTheOneAtHandIsPartOfIt() {
        point("amount", CustomDataType.NUMBER);
        point("payee", CustomDataType.TEXT);
        String[] names = {
            "custom.amount.count.24h",
            "custom.amount.sum.24h",
            "custom.amount.sum.10m",
            "custom.amount.max.7d",
            "custom.payee.count.30d",
            "custom.payee.distinct.30d"
        };
        read(Map.of("amount", number(-10), "payee", text("bob")), names);
        story.after(Duration.ofHours(1));
        read(Map.of("amount", number(-20)), names);
        reader.read("refund", Signals.NONE.withCustom(Map.of("amount", number(7))), names);

        assertThat(read(Map.of("amount", number(-5), "payee", text("eve")), names))
                .isEqualTo(Map.of(
                        names[0], "3.0", names[1], "-35.0", names[2], "-25.0", names[3], "-5.0", names[4], "2.0",
                        names[5], "2.0"));
    }

    @Test
    void givenNoValues_whenAggregated_thenThereAreNoneAndNoGreatest() {
        point("amount", CustomDataType.NUMBER);
        String[] names = {"custom.amount.count.1h", "custom.amount.sum.1h", "custom.amount.max.1h"};

        assertThat(read(Map.of(), names)).isEqualTo(Map.of(names[0], "0.0", names[1], "0.0", names[2], "null"));
    }

    /** A tenant that sets a data point up has its past from then on; a value of another type is none. */
    @Test
    void givenValuesThatNobodySetUp_whenTheyAreSetUpLater_thenTheyCountFromThenOn() {
        var amount = Map.of("amount", number(10));
        story.track("pay", Signals.NONE.withCustom(amount));
        point("amount", CustomDataType.NUMBER);
        story.track("pay", Signals.NONE.withCustom(Map.of("amount", text("10"))));
        story.track("pay", Signals.NONE.withCustom(Map.of("amount", number(Double.NaN))));

        assertThat(read(amount, "custom.amount.count.1h")).containsEntry("custom.amount.count.1h", "1.0");
        assertThat(story.user().history().aggregates()).hasSize(1);
    }

    @Test
    void givenASumBeyondAllNumbers_whenRead_thenItIsUnknown() {
        point("amount", CustomDataType.NUMBER);
        read(Map.of("amount", number(Double.MAX_VALUE)), "custom.amount.sum.1h");

        assertThat(read(Map.of("amount", number(Double.MAX_VALUE)), "custom.amount.sum.1h"))
                .containsEntry("custom.amount.sum.1h", "null");
    }

    /** 32 are counted for a user; the others are unknown, not 1 for ever. */
    @Test
    void givenMoreDataPointsThanAreCounted_whenTrackedAgainAndAgain_thenTheFirstCountOnAndTheOthersAreUnknown() {
        var custom = new HashMap<String, CustomValue>();
        for (var i = 10; i < 50; i++) {
            point("p" + i, CustomDataType.NUMBER);
            custom.put("p" + i, number(i));
        }
        read(custom, "custom.p10.count.1h");
        read(custom, "custom.p10.count.1h");

        assertThat(read(custom, "custom.p10.count.1h", "custom.p41.count.1h", "custom.p42.count.1h"))
                .isEqualTo(Map.of(
                        "custom.p10.count.1h", "3.0", "custom.p41.count.1h", "3.0", "custom.p42.count.1h", "null"));
        story.after(Duration.ofDays(31));
        assertThat(read(Map.of("p42", number(1)), "custom.p42.count.1h")).containsEntry("custom.p42.count.1h", "1.0");
    }

    private static CustomValue text(String text) {
        return CustomValue.of(text);
    }

    private static CustomValue number(double number) {
        return CustomValue.of(number);
    }
}
