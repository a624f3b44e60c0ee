package sluice.faults;

import java.time.Duration;

/**
 * Something that the nemesis did.
 *
 * @param kind what, such as {@code kill}
 * @param target to whom, such as {@code broker}
 * @param begun nanoseconds on the clock of the run
 * @param healed when it was undone: a process was ready again, a link open
 */
record Fault(String kind, String target, long begun, long healed) {
    Duration lasted() {
        return Duration.ofNanos(healed - begun);
    }

    /** What is reported together. */
    String name() {
        return kind + " " + target.replaceAll("-\\d+\\b", "");
    }
}
