package sluice.rules.domain.history;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import sluice.rules.domain.ActionKey;

/**
 * What a user has been doing, as far as rules ask: the same cost for each event, however long the history.
 *
 * @param devices by device id
 * @param addresses by IP address
 * @param countries by code
 * @param browsers by name
 * @param activities one for each kind of action, the latest used
 * @param aggregates one for each custom data point of a kind of action, the first that came; each stays until no window
 *     reaches its last value
 * @param open actions whose challenge may yet be met, oldest first
 * @param attempts answers to challenges that were looked at
 * @param failedChallenges challenges that ended in failure
 * @param lastSuccessAt when a challenge was last met
 * @param lastVerifiedPlace where that was
 */
@RecordBuilder
public record History(
        Sightings devices,
        Sightings addresses,
        Sightings countries,
        Sightings browsers,
        List<Activity> activities,
        List<Aggregate> aggregates,
        List<OpenAction> open,
        Tally attempts,
        Tally failedChallenges,
        Optional<Instant> lastSuccessAt,
        Optional<Place> lastVerifiedPlace)
        implements HistoryBuilder.With {
    static final int ACTIVITIES_MAX = 16;
    static final int AGGREGATES_MAX = 32;
    static final int OPEN_MAX = 8;
    private static final Duration AGGREGATES_AGE = Duration.ofDays(30);

    /** Nothing has happened yet. */
    public static final History NONE = new History(
            Sightings.NONE,
            Sightings.NONE,
            Sightings.NONE,
            Sightings.NONE,
            List.of(),
            List.of(),
            List.of(),
            Tally.EMPTY,
            Tally.EMPTY,
            Optional.empty(),
            Optional.empty());

    public History {
        activities = List.copyOf(activities);
        aggregates = List.copyOf(aggregates);
        open = List.copyOf(open);
    }

    /** The user came to an action. */
    public History tracked(Observation seen) {
        var came = seen.surroundings();
        return with(after -> after.devices(seen(devices, came.deviceId(), seen.at()))
                .addresses(seen(addresses, came.address(), seen.at()))
                .countries(seen(countries, came.country(), seen.at()))
                .browsers(seen(browsers, came.browser(), seen.at()))
                .activities(counted(seen))
                .aggregates(aggregated(seen))
                .open(opened(new OpenAction(seen.action(), came))));
    }

    /** An answer to a challenge was looked at. */
    public History attempted(Instant at) {
        return withAttempts(attempts.and(at));
    }

    /** An action was allowed outright: what the user came with is the user's own. */
    public History allowed(ActionKey action, Instant at) {
        return closed(action).map(came -> without(action).knowing(came, at)).orElse(this);
    }

    /** An action was blocked: what the user came with to it won't become theirs. */
    public History blocked(ActionKey action) {
        return without(action);
    }

    /** A challenge was met: likewise, and it was the user for certain. */
    public History succeeded(ActionKey action, Instant at) {
        var place = closed(action).flatMap(came -> came.place(at));
        return allowed(action, at)
                .withLastSuccessAt(Optional.of(at))
                .withLastVerifiedPlace(place.or(() -> lastVerifiedPlace));
    }

    /** A challenge ended in failure. */
    public History failed(ActionKey action, Instant at) {
        return without(action).withFailedChallenges(failedChallenges.and(at));
    }

    /** What is remembered of a kind of action. */
    public Optional<Activity> activity(String actionCode) {
        return activities.stream()
                .filter(each -> each.actionCode().equals(actionCode))
                .findFirst();
    }

    /** What is remembered of a custom data point of a kind of action. */
    public Optional<Aggregate> aggregate(String actionCode, String name) {
        return aggregates.stream()
                .filter(each ->
                        each.actionCode().equals(actionCode) && each.name().equals(name))
                .findFirst();
    }

    private Optional<Surroundings> closed(ActionKey action) {
        return open.stream()
                .filter(each -> each.key().equals(action))
                .map(OpenAction::surroundings)
                .findFirst();
    }

    private History without(ActionKey action) {
        return withOpen(open.stream().filter(each -> !each.key().equals(action)).toList());
    }

    private History knowing(Surroundings came, Instant at) {
        return with(after -> after.devices(known(devices, came.deviceId(), at))
                .addresses(known(addresses, came.address(), at))
                .countries(known(countries, came.country(), at))
                .browsers(known(browsers, came.browser(), at)));
    }

    private static Sightings seen(Sightings before, Optional<String> value, Instant at) {
        return value.map(each -> before.seen(each, at)).orElse(before);
    }

    private static Sightings known(Sightings before, Optional<String> value, Instant at) {
        return value.map(each -> before.known(each, at)).orElse(before);
    }

    /** Beyond the limit the longest unused leaves. */
    private List<Activity> counted(Observation seen) {
        var code = seen.action().actionCode();
        var after = new ArrayList<>(activities);
        after.replaceAll(each -> each.actionCode().equals(code) ? each.again(seen.at()) : each);
        if (activity(code).isPresent()) return after;
        if (after.size() >= ACTIVITIES_MAX) {
            after.remove(
                    after.stream().min(Comparator.comparing(Activity::lastAt)).orElseThrow());
        }
        after.add(Activity.first(code, seen.at()));
        return after;
    }

    /** Whether no further custom data point is counted. */
    public boolean isFull() {
        return aggregates.size() >= AGGREGATES_MAX;
    }

    /**
     * Beyond the limit nothing is counted that came later: were the longest unused to leave, of 33 data points in turn
     * each would be counted from the start again, and silently so.
     */
    private List<Aggregate> aggregated(Observation seen) {
        if (seen.custom().isEmpty()) return aggregates;
        var code = seen.action().actionCode();
        var values = new TreeMap<>(seen.custom()); // by name: the order of a map is not that of its replay
        var after = new ArrayList<Aggregate>();
        for (var each : aggregates) {
            var value = each.actionCode().equals(code) ? values.remove(each.name()) : null;
            if (value != null) after.add(each.and(value, seen.at()));
            else if (each.lastAt().plus(AGGREGATES_AGE).isAfter(seen.at())) after.add(each);
        }
        values.forEach((name, value) -> {
            if (after.size() < AGGREGATES_MAX) after.add(Aggregate.first(code, name, value, seen.at()));
        });
        return after;
    }

    private List<OpenAction> opened(OpenAction action) {
        var after = new ArrayList<>(without(action.key()).open());
        after.add(action);
        return after.subList(Math.max(0, after.size() - OPEN_MAX), after.size());
    }
}
