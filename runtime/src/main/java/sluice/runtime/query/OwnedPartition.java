package sluice.runtime.query;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How far a partition's new owner has got with what was on the inputs when it took over. Thread-safe. */
final class OwnedPartition {
    private final int number;
    private final int standstills;
    private final Map<String, Long> applied = new ConcurrentHashMap<>();
    private volatile @Nullable Map<String, Long> target;
    private volatile boolean caughtUp;

    /** @param standstills that the process had had when it took over */
    OwnedPartition(int number, int standstills) {
        this.number = number;
        this.standstills = standstills;
    }

    int standstills() {
        return standstills;
    }

    int number() {
        return number;
    }

    boolean hasTarget() {
        return target != null;
    }

    /** Sets what must be applied: the end offset of each input. */
    void target(Map<String, Long> ends) {
        target = ends;
        look();
    }

    /** Everything before this offset of this input has been applied. */
    void applied(String input, long offset) {
        applied.merge(input, offset, Math::max);
        look();
    }

    private void look() {
        var ends = target;
        if (ends == null) return;
        if (ends.entrySet().stream().allMatch(end -> applied.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
            caughtUp = true;
        }
    }

    boolean isCaughtUp() {
        return caughtUp;
    }
}
