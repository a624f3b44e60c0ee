package sluice.rules.backtest.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * The time of which decisions are compared.
 *
 * @param from its beginning; empty: the log's
 * @param to its end, excluded; empty: the log's
 */
public record Period(Optional<Instant> from, Optional<Instant> to) {
    /** All of the log. */
    public static final Period ALL = new Period(Optional.empty(), Optional.empty());

    boolean has(Instant at) {
        return from.map(beginning -> !at.isBefore(beginning)).orElse(true) && !isOver(at);
    }

    /** Whether nothing from this time on matters. */
    public boolean isOver(Instant at) {
        return to.map(end -> !at.isBefore(end)).orElse(false);
    }
}
