package sluice.bench.report;

import java.util.List;
import java.util.Locale;

/** Figures of one unit as bars, Sluice's beside the bare one's, in SVG that follows the reader's dark or light. */
final class Chart {
    private static final int BAR = 14;
    private static final int ROW = 2 * BAR + 14;
    private static final int LABELS = 270;
    private static final int BARS = 420;
    private static final int VALUES = 110;
    private static final int TOP = 44;
    private static final String STYLE = """
            <style>
            text { font: 13px sans-serif; fill: #333 } .title { font-weight: bold }
            .sluice { fill: #2b6cb0 } .bare { fill: #b8c1cc }
            @media (prefers-color-scheme: dark) { text { fill: #ddd } .sluice { fill: #63a4ea } .bare { fill: #5b6673 } }
            </style>
            """;

    private Chart() {}

    static String of(String title, List<Results.Row> rows) {
        var most = rows.stream()
                .mapToDouble(row -> Math.max(
                        row.value(), row.bare().map(bare -> bare.value()).orElse(0.0)))
                .max()
                .orElse(1);
        var height = TOP + ROW * rows.size();
        var svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">%n%s",
                LABELS + BARS + VALUES,
                height,
                title,
                STYLE));
        text(svg, 0, 16, "title", title);
        bar(svg, "sluice", LABELS, 4, BAR);
        text(svg, LABELS + BAR + 6, 16, "", "Sluice");
        bar(svg, "bare", LABELS + 90, 4, BAR);
        text(svg, LABELS + 90 + BAR + 6, 16, "", "bare");
        for (var each = 0; each < rows.size(); each++) row(svg, rows.get(each), TOP + each * ROW, BARS / most);
        return svg.append("</svg>\n").toString();
    }

    private static void row(StringBuilder svg, Results.Row row, int top, double scale) {
        text(svg, 0, top + BAR + 4, "", row.name());
        value(svg, "sluice", row.value(), top, scale);
        row.bare().ifPresent(bare -> value(svg, "bare", bare.value(), top + BAR, scale));
    }

    private static void value(StringBuilder svg, String kind, double value, int top, double scale) {
        var width = Math.max(1, value * scale);
        bar(svg, kind, LABELS, top, width);
        text(svg, LABELS + width + 4, top + BAR - 3, "", Table.number(value));
    }

    private static void bar(StringBuilder svg, String kind, double left, double top, double width) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>%n",
                kind,
                left,
                top,
                width,
                BAR - 1));
    }

    private static void text(StringBuilder svg, double left, double top, String kind, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n", kind, left, top, text));
    }
}
