package sluice.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** A page in Markdown with places for figures, each between two comments. */
final class Page {
    private Page() {}

    /** Puts each suite's figures where the page has a place for them; others stay away. */
    static String with(String page, Map<String, String> figures) {
        var filled = page;
        for (var each : new LinkedHashMap<>(figures).entrySet()) {
            var begin = "<!-- figures: " + each.getKey() + " -->\n";
            var end = "<!-- end -->";
            var from = filled.indexOf(begin);
            if (from < 0) continue;
            var to = filled.indexOf(end, from);
            if (to < 0) throw new IllegalStateException("No " + end + " after " + begin.strip());
            filled = filled.substring(0, from + begin.length()) + each.getValue() + filled.substring(to);
        }
        return filled;
    }
}
