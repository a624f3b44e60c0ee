package sluice.rule;

import org.jspecify.annotations.Nullable;

/**
 * A compiled part of a condition. Values are null, Boolean, Double, String, List and (within loops and computed
 * lists) Map. It never throws.
 */
interface Expression {
    @Nullable
    Object of(Frame frame);
}
