package sluice.runtime.erasure.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.runtime.seal.domain.Epoch;

/**
 * The epochs whose keys are there. Several processes may make one for the same time: the first on the log counts, so
 * that all seal alike, and the others are never used. Immutable.
 */
public final class LiveEpochs {
    public static final LiveEpochs NONE = new LiveEpochs(List.of());

    private final List<LiveEpoch> all;
    private final List<LiveEpoch> counting;

    private LiveEpochs(List<LiveEpoch> all) {
        this.all = List.copyOf(all);
        var first = new ArrayList<LiveEpoch>();
        for (var each : all) {
            if (first.stream().noneMatch(other -> other.epoch().overlaps(each.epoch()))) first.add(each);
        }
        this.counting = List.copyOf(first);
    }

    /** With one more record of the log. */
    public LiveEpochs with(LiveEpoch added) {
        if (all.contains(added)) return this;
        var more = new ArrayList<>(all);
        more.add(added);
        return new LiveEpochs(more);
    }

    /** Without the one whose record was removed. */
    public LiveEpochs without(String name) {
        return new LiveEpochs(
                all.stream().filter(each -> !each.name().equals(name)).toList());
    }

    public Optional<LiveEpoch> at(Instant at) {
        for (var each : counting) {
            if (each.epoch().covers(at)) return Optional.of(each);
        }
        return Optional.empty();
    }

    public Optional<LiveEpoch> of(int id) {
        for (var each : counting) {
            if (each.epoch().id() == id) return Optional.of(each);
        }
        return Optional.empty();
    }

    /** All that count. */
    public List<LiveEpoch> counting() {
        return counting;
    }

    /** All whose time was over before, and all that never counted. */
    public List<LiveEpoch> over(Instant before) {
        return all.stream()
                .filter(each -> !each.epoch().to().isAfter(before) || !counting.contains(each))
                .toList();
    }

    /**
     * The epoch to make next: one for now where there is none, else the one after the newest when half of that is over.
     * Ends are multiples of the length since 1970, so that processes make the same.
     */
    public Optional<Epoch> wanted(Instant now, Duration length) {
        if (at(now).isEmpty()) return Optional.of(from(now, length));
        var newest = counting.stream()
                .map(each -> each.epoch().to())
                .max(Instant::compareTo)
                .orElse(now);
        return newest.isAfter(now.plus(length.dividedBy(2))) ? Optional.empty() : Optional.of(from(newest, length));
    }

    private Epoch from(Instant from, Duration length) {
        var millis = length.toMillis();
        var end = Instant.ofEpochMilli((from.toEpochMilli() / millis + 1) * millis);
        var next = counting.stream()
                .map(each -> each.epoch().from())
                .filter(from::isBefore)
                .min(Instant::compareTo);
        return new Epoch(from, next.filter(end::isAfter).orElse(end));
    }
}
