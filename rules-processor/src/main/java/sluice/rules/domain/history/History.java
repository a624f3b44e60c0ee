package sluice.rules.domain.history;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import sluice.rules.domain.ActionKey;

/**
 * What a user has been doing, as far as rules ask: the same cost for each event, however long the history.
 *
 * @param devices by device id
 * @param addresses by IP address
 * @param countries by code
 * @param browsers by name
 * @param activities one for each kind of action, the latest used
 * @param aggregates one for each custom data point of a kind of action, the latest used
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

    Optional<Activity> activity(String actionCode) {
        return activities.stream()
                .filter(each -> each.actionCode().equals(actionCode))
                .findFirst();
    }

    Optional<Aggregate> aggregate(String actionCode, String name) {
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

    private List<Activity> counted(Observation seen) {
        var code = seen.action().actionCode();
        return changed(
                activities,
                each -> each.actionCode().equals(code),
                each -> each.again(seen.at()),
                Activity.first(code, seen.at()),
                Activity::lastAt,
                ACTIVITIES_MAX);
    }

    private List<Aggregate> aggregated(Observation seen) {
        var code = seen.action().actionCode();
        var after = aggregates;
        for (var point : new TreeMap<>(seen.custom()).entrySet()) {
            after = changed(
                    after,
                    each -> each.actionCode().equals(code) && each.name().equals(point.getKey()),
                    each -> each.and(point.getValue(), seen.at()),
                    Aggregate.first(code, point.getKey(), point.getValue(), seen.at()),
                    Aggregate::lastAt,
                    AGGREGATES_MAX);
        }
        return after;
    }

    private List<OpenAction> opened(OpenAction action) {
        var after = new ArrayList<>(without(action.key()).open());
        after.add(action);
        return after.subList(Math.max(0, after.size() - OPEN_MAX), after.size());
    }

    /** The list with the one that is meant changed, or with a first of it; beyond the limit the longest unused leaves. */
    private static <T> List<T> changed(
            List<T> before,
            Predicate<T> isMeant,
            UnaryOperator<T> change,
            T first,
            Function<T, Instant> lastAt,
            int max) {
        if (before.stream().anyMatch(isMeant)) {
            return before.stream()
                    .map(each -> isMeant.test(each) ? change.apply(each) : each)
                    .toList();
        }
        var after = new ArrayList<>(before);
        if (after.size() >= max)
            after.remove(after.stream().min(Comparator.comparing(lastAt)).orElseThrow());
        after.add(first);
        return after;
    }
}
