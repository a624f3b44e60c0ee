package sluice.rule;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the conditions of one decision are evaluated on: values in numbered slots, each asked for once and only if a
 * condition reads it. For one thread.
 */
public final class Frame {
    /** List items, and texts by 64 characters, that the evaluation of one condition may handle. */
    static final int BUDGET = 10_000;

    private final IntFunction<@Nullable Object> source;
    private final @Nullable Object[] values;
    private final boolean[] isKnown;

    /** A bit for each slot: whether the condition at hand has read it. */
    private final long[] reads;

    private @Nullable Object element;
    private int left;

    /**
     * @param slots how many there are
     * @param source the value of a slot: null, Boolean, a finite Double, String or a List of these
     */
    public Frame(int slots, IntFunction<@Nullable Object> source) {
        this.source = source;
        this.values = new Object[slots];
        this.isKnown = new boolean[slots];
        this.reads = new long[(slots + Long.SIZE - 1) / Long.SIZE];
    }

    /** Begins the evaluation of a condition. */
    void begin(@Nullable Object wholeElement) {
        Arrays.fill(reads, 0);
        left = BUDGET;
        element = wholeElement;
    }

    @Nullable
    Object read(int slot) {
        reads[slot / Long.SIZE] |= 1L << slot;
        return value(slot);
    }

    /** The value of a slot, read by a condition or not. */
    public @Nullable Object value(int slot) {
        if (!isKnown[slot]) {
            values[slot] = source.apply(slot);
            isKnown[slot] = true;
        }
        return values[slot];
    }

    /** Whether any condition has read the slot. */
    public boolean isRead(int slot) {
        return isKnown[slot];
    }

    /** Slots that the condition at hand has read so far: those of before, where they are the same. */
    Reads reads(Reads before) {
        return before.is(reads) ? before : Reads.of(reads);
    }

    /** The element of the innermost loop. */
    @Nullable
    Object element() {
        return element;
    }

    /** Enters an element; the one before must be entered again at the end of the loop. */
    void enter(@Nullable Object next) {
        element = next;
    }

    /** Takes from the budget. False: nothing is left, and whatever comes of the evaluation does not count. */
    boolean spend(int cost) {
        left = Math.max(-1, left - cost);
        return left >= 0;
    }

    boolean isSpent() {
        return left < 0;
    }
}
