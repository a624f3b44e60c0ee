package sluice.rule;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Slots that a condition has read. Immutable; made once for many evaluations. */
public final class Reads {
    /** Nothing. */
    public static final Reads NONE = new Reads(new long[0]);

    private final long[] words;
    private final byte[] bits;
    private final List<Integer> slots;

    private Reads(long[] words) {
        var set = BitSet.valueOf(words);
        this.words = words;
        this.bits = set.toByteArray();
        this.slots = set.stream().boxed().toList();
    }

    /** @param words a bit for each slot, the lowest one first */
    static Reads of(long... words) {
        return new Reads(words.clone());
    }

    boolean is(long[] others) {
        return Arrays.equals(words, others);
    }

    /** Ascending. */
    public List<Integer> slots() {
        return slots;
    }

    /** A bit for each slot, the lowest one first; as many bytes as the highest one needs. */
    public byte[] bits() {
        return bits.clone();
    }

    /** Those of the first slots alone. */
    public Reads below(int slot) {
        return slots.isEmpty() || slots.get(slots.size() - 1) < slot
                ? this
                : new Reads(BitSet.valueOf(words).get(0, slot).toLongArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reads reads && slots.equals(reads.slots);
    }

    @Override
    public int hashCode() {
        return slots.hashCode();
    }

    @Override
    public String toString() {
        return slots.toString();
    }
}
