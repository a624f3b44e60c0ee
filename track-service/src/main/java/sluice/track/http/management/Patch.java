package sluice.track.http.management;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import sluice.track.http.json.JsonBody;

/**
 * A body that changes a resource: an absent field keeps its value, null resets it to unset, and false and 0 are values
 * (management contract, in general). Creating is changing what is unset.
 */
record Patch(JsonBody body) {
    private static final int WORD_LENGTH_MAX = 100;

    /** A field that may be unset. */
    <T> Optional<T> field(String field, Optional<T> before, Function<String, Optional<T>> read) {
        return body.has(field) ? read.apply(field) : before;
    }

    Optional<Boolean> flag(String field, Optional<Boolean> before) {
        return field(field, before, name -> body.value(name).map(value -> {
            if (!value.isBoolean()) throw JsonBody.refused(name, "true or false");
            return value.booleanValue();
        }));
    }

    Optional<String> text(String field, Optional<String> before, int lengthMax) {
        return field(field, before, name -> body.text(name, lengthMax));
    }

    /** A text that is always set: null and an empty one are refused. */
    String requiredText(String field, Optional<String> before, int lengthMax) {
        return text(field, before, lengthMax)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> JsonBody.refused(field, "a string, not empty"));
    }

    /** One of an enumeration's names in lower case, always set. */
    <E extends Enum<E>> E requiredWord(String field, Optional<E> before, Set<E> words) {
        return field(field, before, name -> body.text(name, WORD_LENGTH_MAX).map(text -> word(name, text, words)))
                .orElseThrow(() -> unknownWord(field, words));
    }

    private static <E extends Enum<E>> E word(String field, String text, Set<E> words) {
        return words.stream()
                .filter(word -> lowerCase(word).equals(text))
                .findFirst()
                .orElseThrow(() -> unknownWord(field, words));
    }

    private static <E extends Enum<E>> RuntimeException unknownWord(String field, Set<E> words) {
        return JsonBody.refused(
                field, "one of " + words.stream().map(Patch::lowerCase).collect(Collectors.joining(", ")));
    }

    /** The contract's spelling of an enumeration's name. */
    static String lowerCase(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
