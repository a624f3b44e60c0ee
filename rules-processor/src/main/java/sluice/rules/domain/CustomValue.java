package sluice.rules.domain;

import java.util.Optional;
import java.util.stream.Stream;

/** A custom data point: exactly one of these. */
public record CustomValue(Optional<String> text, Optional<Double> number, Optional<Boolean> truth) {
    public CustomValue {
        if (Stream.of(text, number, truth).filter(Optional::isPresent).count() != 1) {
            throw new IllegalArgumentException("A custom value is a text, a number or a boolean");
        }
    }
}
