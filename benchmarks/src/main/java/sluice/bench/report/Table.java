package sluice.bench.report;

import java.util.Locale;
import java.util.stream.Collectors;

/** Figures as a table in Markdown. */
final class Table {
    private static final double LARGE = 100;

    private Table() {}

    static String of(Results results) {
        return results.rows().stream()
                .map(Table::row)
                .collect(Collectors.joining(
                        "\n", "| figure | Sluice | bare | unit | ratio | target |\n|---|---|---|---|---|---|\n", "\n"));
    }

    private static String row(Results.Row row) {
        var target = Target.of(row.name());
        return "| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        row.name(),
                        number(row.value()),
                        row.bare().map(bare -> number(bare.value())).orElse("–"),
                        row.unit(),
                        row.ratio().isPresent()
                                ? String.format(Locale.ROOT, "%.2f", row.ratio().getAsDouble())
                                : "–",
                        target.map(each -> each + (each.isMetBy(row) ? ", met" : ", **missed**"))
                                .orElse("–"));
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value >= LARGE ? "%,.0f" : "%.2f", value);
    }
}
