package sluice.rules.domain;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.rule.ValueType;

/** A custom data point: exactly one of these. */
public record CustomValue(
        Optional<String> text, Optional<Double> number, Optional<Boolean> truth, Optional<List<String>> texts) {
    public CustomValue {
        texts = texts.map(List::copyOf);
        if (Stream.of(text, number, truth, texts).filter(Optional::isPresent).count() != 1) {
            throw new IllegalArgumentException("A custom value is a text, a number, a boolean or a list of texts");
        }
    }

    public static CustomValue of(String text) {
        return new CustomValue(Optional.of(text), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static CustomValue of(double number) {
        return new CustomValue(Optional.empty(), Optional.of(number), Optional.empty(), Optional.empty());
    }

    public static CustomValue of(boolean truth) {
        return new CustomValue(Optional.empty(), Optional.empty(), Optional.of(truth), Optional.empty());
    }

    public static CustomValue of(List<String> texts) {
        return new CustomValue(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(texts));
    }

    /** As the value of a data point of a type, for rules to read; null where it is of another type. */
    @Nullable
    Object as(ValueType type) {
        return switch (type) {
            case TEXT -> text.orElse(null);
            case NUMBER -> number.filter(Double::isFinite).orElse(null);
            case BOOLEAN -> truth.orElse(null);
            case LIST -> texts.or(() -> text.map(List::of)).orElse(null);
            case ANY -> throw new AssertionError("No custom data point is " + ValueType.ANY);
        };
    }
}
