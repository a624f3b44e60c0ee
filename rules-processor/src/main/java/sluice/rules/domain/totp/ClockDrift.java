package sluice.rules.domain.totp;

/**
 * What accepted codes have told of an app's clock (RFC 6238 section 6). One code is no evidence, since whoever types
 * slowly is a step late; several in a row are. One current code takes all of it back.
 *
 * @param run how many of the latest accepted codes, one after the other, were of an earlier step than the current one
 *     (below 0) or of a later one; {@value #RUN_MAX} at most
 */
public record ClockDrift(int run) {
    /** As many codes in a row show that the clock is off. */
    public static final int RUN_MAX = 3;

    public static final ClockDrift NONE = new ClockDrift(0);

    public ClockDrift {
        if (Math.abs(run) > RUN_MAX) throw new IllegalArgumentException("A run of 3 at most, not " + run);
    }

    /** @param off steps from the current one to that of a code that was accepted, below 0 if it was an earlier one */
    public ClockDrift accepted(long off) {
        if (off == 0) return NONE;
        return off < 0
                ? new ClockDrift(Math.max(-RUN_MAX, Math.min(run, 0) - 1))
                : new ClockDrift(Math.min(RUN_MAX, Math.max(run, 0) + 1));
    }

    /** Steps that the clock is known to be ahead: -1, 0 or 1. */
    int steps() {
        return run / RUN_MAX;
    }
}
