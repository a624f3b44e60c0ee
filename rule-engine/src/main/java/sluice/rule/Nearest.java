package sluice.rule;

import java.util.Collection;
import java.util.Comparator;

/** Guesses what a name that nobody knows was meant to be. */
final class Nearest {
    private static final int EDITS_MAX = 3;

    private Nearest() {}

    /** A question after the likeliest name, with a blank before it; empty if none is near. */
    static String question(String name, Collection<String> known) {
        return known.stream()
                .filter(each -> Math.abs(each.length() - name.length()) <= EDITS_MAX)
                .filter(each -> edits(name, each) <= Math.min(EDITS_MAX, name.length() / 2))
                .min(Comparator.<String>comparingInt(each -> edits(name, each)).thenComparing(each -> each))
                .map(each -> " Did you mean " + each + "?")
                .orElse("");
    }

    /** Letters to insert, remove or replace (Levenshtein's distance). */
    private static int edits(String from, String to) {
        var row = new int[to.length() + 1];
        for (var i = 0; i <= to.length(); i++) row[i] = i;
        for (var i = 1; i <= from.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
