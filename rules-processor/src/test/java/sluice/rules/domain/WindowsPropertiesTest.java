package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import sluice.rule.Span;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Reader;
import sluice.rules.testkit.Story;
import sluice.schemas.CustomDataModel;
import sluice.schemas.CustomDataType;

/** Through the whole decider: at every event every window is what a brute-force count over all events gives. */
class WindowsPropertiesTest {
    private static final List<String> PAYEES = List.of("ann", "bob", "cem", "dan");

    /** @param isRepeated whether the event before comes again first, to no effect */
    record Payment(Duration gap, String actionCode, int amount, String payee, boolean isRepeated) {}

    private record Paid(Instant at, Payment payment) {}

    @Provide
    Arbitrary<List<Payment>> payments() {
        var gaps = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 120),
                Arbitraries.longs().between(0, 7200),
                Arbitraries.longs().between(0, Duration.ofDays(9).toSeconds()));
        return Combinators.combine(
                        gaps.map(Duration::ofSeconds),
                        Arbitraries.of("pay", "refund"),
                        Arbitraries.integers().between(-100, 100),
                        Arbitraries.of(PAYEES),
                        Arbitraries.of(true, false, false))
                .as(Payment::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 60)
    void givenAnyPayments_whenEachIsDecided_thenEveryWindowIsTheBruteForceCount(
            @ForAll("payments") List<Payment> payments) {
        var acme = new Acme()
                .dataPoint("amount", CustomDataType.NUMBER, CustomDataModel.ACTION)
                .dataPoint("payee", CustomDataType.TEXT, CustomDataModel.ACTION);
        var story = new Story(acme);
        var reader = new Reader(acme, story);
        var names = expected(List.of(), Story.START).keySet().toArray(String[]::new);
        reader.reads("pay", names);
        reader.reads("refund", names);
        var past = new ArrayList<Paid>();
        for (var payment : payments) {
            if (payment.isRepeated() && !past.isEmpty()) {
                story.tell(story.told().get(story.told().size() - 1));
            }
            story.after(payment.gap());
            past.add(new Paid(story.now(), payment));

            var decision = story.track(payment.actionCode(), signals(payment));

            var alike = past.stream()
                    .filter(each -> each.payment().actionCode().equals(payment.actionCode()))
                    .toList();
            assertThat(Reader.seen(decision)).isEqualTo(expected(alike, story.now()));
        }
    }

    private static Signals signals(Payment payment) {
        return Signals.NONE.withCustom(
                Map.of("amount", CustomValue.of((double) payment.amount()), "payee", CustomValue.of(payment.payee())));
    }

    private static Map<String, String> expected(List<Paid> alike, Instant now) {
        var values = new HashMap<String, String>();
        for (var span : Span.values()) {
            var inside = alike.stream()
                    .filter(each -> !each.at().isBefore(start(span, now)))
                    .map(Paid::payment)
                    .toList();
            var amounts = inside.stream().mapToDouble(Payment::amount);
            var label = span.label();
            values.put("action.count." + label, text(inside.size()));
            values.put("custom.amount.count." + label, text(inside.size()));
            values.put("custom.amount.sum." + label, text(amounts.sum()));
            values.put(
                    "custom.amount.max." + label,
                    text(inside.stream().mapToDouble(Payment::amount).max().orElse(0)));
            values.put("custom.payee.distinct." + label, text((int)
                    inside.stream().map(Payment::payee).distinct().count()));
        }
        return values;
    }

    private static String text(double number) {
        return String.valueOf(number);
    }

    /** Windows slide by the minute, the hour and the day: with the one at hand there are as many as their name says. */
    private static Instant start(Span span, Instant now) {
        return switch (span) {
            case TEN_MINUTES -> start(now, 60, 10);
            case HOUR -> start(now, 60, 60);
            case DAY -> start(now, 3600, 24);
            case WEEK -> start(now, 86_400, 7);
            case MONTH -> start(now, 86_400, 30);
        };
    }

    private static Instant start(Instant now, long seconds, int buckets) {
        return Instant.ofEpochSecond((Math.floorDiv(now.getEpochSecond(), seconds) - buckets + 1) * seconds);
    }
}
