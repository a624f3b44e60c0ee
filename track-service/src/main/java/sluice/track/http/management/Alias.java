package sluice.track.http.management;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The alias of a value list: its name in lower case, with a hyphen for each run of what is neither letter nor digit
 * (management contract: {@code Terraform Acc Test Strings} is {@code terraform-acc-test-strings}). It fits into a path
 * without escapes, save for letters beyond ASCII.
 */
final class Alias {
    /** Marks belong to the letter before them: without them one word would become two. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private static final Pattern OUTER_HYPHENS = Pattern.compile("^-|-$");

    private Alias() {}

    /** Empty if the name has no letter and no digit. */
    static Optional<String> of(String name) {
        var lower = Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        var hyphenated = BETWEEN_WORDS.matcher(lower).replaceAll("-");
        return Optional.of(OUTER_HYPHENS.matcher(hyphenated).replaceAll("")).filter(alias -> !alias.isEmpty());
    }
}
