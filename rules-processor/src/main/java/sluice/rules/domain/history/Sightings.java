package sluice.rules.domain.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a user came with, of one kind. What was not seen for a year is forgotten. Beyond the limit those leave first that
 * never became the user's own, then those that were not seen for the longest: a stranger who tries many devices does not
 * crowd out the user's.
 *
 * @param all in the order in which they were first seen
 */
public record Sightings(List<Sighting> all) {
    /** Nothing was seen. */
    public static final Sightings NONE = new Sightings(List.of());

    static final int MAX = 32;
    static final Duration AGE = Duration.ofDays(365);

    private static final Comparator<Sighting> LEAVES_FIRST =
            Comparator.comparing(Sighting::isKnown).thenComparing(Sighting::lastAt);

    public Sightings {
        all = List.copyOf(all);
    }

    /** What is remembered of a value. */
    public Optional<Sighting> find(String value) {
        return all.stream().filter(each -> each.value().equals(value)).findFirst();
    }

    /** Whether a value is the user's own. */
    public boolean isKnown(String value) {
        return find(value).filter(Sighting::isKnown).isPresent();
    }

    /** How many of them are the user's own. */
    public long known() {
        return all.stream().filter(Sighting::isKnown).count();
    }

    /** How many were seen in the window that ends at an instant, whosever they are. */
    public long distinct(Window window, Instant at) {
        var now = window.resolution().bucketAt(at);
        return all.stream()
                .filter(each -> window.holds(window.resolution().bucketAt(each.lastAt()), now))
                .count();
    }

    /** It was seen. */
    Sightings seen(String value, Instant at) {
        if (find(value).isPresent()) return changed(value, each -> each.again(at));
        var after = new ArrayList<>(all);
        after.removeIf(each -> each.lastAt().isBefore(at.minus(AGE)));
        if (after.size() >= MAX) after.remove(after.stream().min(LEAVES_FIRST).orElseThrow());
        after.add(new Sighting(value, at, at, Optional.empty()));
        return new Sightings(after);
    }

    /** It has become the user's own; what is not remembered any more stays forgotten. */
    Sightings known(String value, Instant at) {
        return changed(value, each -> each.known(at));
    }

    private Sightings changed(String value, UnaryOperator<Sighting> change) {
        return new Sightings(all.stream()
                .map(each -> each.value().equals(value) ? change.apply(each) : each)
                .toList());
    }
}
