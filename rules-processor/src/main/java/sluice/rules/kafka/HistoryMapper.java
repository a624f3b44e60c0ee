package sluice.rules.kafka;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.history.Activity;
import sluice.rules.domain.history.Aggregate;
import sluice.rules.domain.history.Bucket;
import sluice.rules.domain.history.History;
import sluice.rules.domain.history.OpenAction;
import sluice.rules.domain.history.Place;
import sluice.rules.domain.history.Sighting;
import sluice.rules.domain.history.Sightings;
import sluice.rules.domain.history.Surroundings;
import sluice.rules.domain.history.Tally;

/** Carries histories to where they lie sealed, and back. */
final class HistoryMapper {
    private HistoryMapper() {}

    static sluice.schemas.History toAvro(History history) {
        return sluice.schemas.History.newBuilder()
                .setDevices(toAvro(history.devices()))
                .setAddresses(toAvro(history.addresses()))
                .setCountries(toAvro(history.countries()))
                .setBrowsers(toAvro(history.browsers()))
                .setActivities(each(history.activities(), HistoryMapper::toAvro))
                .setAggregates(each(history.aggregates(), HistoryMapper::toAvro))
                .setOpen(each(history.open(), HistoryMapper::toAvro))
                .setAttempts(toAvro(history.attempts()))
                .setFailedChallenges(toAvro(history.failedChallenges()))
                .setLastSuccessAt(history.lastSuccessAt().orElse(null))
                .setLastVerifiedPlace(
                        history.lastVerifiedPlace().map(HistoryMapper::toAvro).orElse(null))
                .build();
    }

    static History toDomain(sluice.schemas.History read) {
        return new History(
                toDomain(read.getDevices()),
                toDomain(read.getAddresses()),
                toDomain(read.getCountries()),
                toDomain(read.getBrowsers()),
                each(read.getActivities(), HistoryMapper::toDomain),
                each(read.getAggregates(), HistoryMapper::toDomain),
                each(read.getOpen(), HistoryMapper::toDomain),
                toDomain(read.getAttempts()),
                toDomain(read.getFailedChallenges()),
                Optional.ofNullable(read.getLastSuccessAt()),
                Optional.ofNullable(read.getLastVerifiedPlace()).map(HistoryMapper::toDomain));
    }

    private static <F, T> List<T> each(List<F> all, Function<F, T> mapping) {
        return all.stream().map(mapping).toList();
    }

    private static List<sluice.schemas.Sighting> toAvro(Sightings sightings) {
        return each(
                sightings.all(),
                each -> new sluice.schemas.Sighting(
                        each.value(),
                        each.firstAt(),
                        each.lastAt(),
                        each.knownSince().orElse(null)));
    }

    private static Sightings toDomain(List<sluice.schemas.Sighting> read) {
        return new Sightings(each(
                read,
                each -> new Sighting(
                        each.getValue(),
                        each.getFirstAt(),
                        each.getLastAt(),
                        Optional.ofNullable(each.getKnownSince()))));
    }

    private static sluice.schemas.Tally toAvro(Tally tally) {
        return new sluice.schemas.Tally(
                each(tally.minutes(), HistoryMapper::toAvro),
                each(tally.hours(), HistoryMapper::toAvro),
                each(tally.days(), HistoryMapper::toAvro));
    }

    private static Tally toDomain(sluice.schemas.Tally read) {
        return new Tally(
                each(read.getMinutes(), HistoryMapper::toDomain),
                each(read.getHours(), HistoryMapper::toDomain),
                each(read.getDays(), HistoryMapper::toDomain));
    }

    private static sluice.schemas.Bucket toAvro(Bucket bucket) {
        return new sluice.schemas.Bucket(bucket.index(), bucket.count(), bucket.sum(), bucket.max());
    }

    private static Bucket toDomain(sluice.schemas.Bucket read) {
        return new Bucket(read.getIndex(), read.getCount(), read.getSum(), read.getMax());
    }

    private static sluice.schemas.Activity toAvro(Activity activity) {
        return new sluice.schemas.Activity(activity.actionCode(), toAvro(activity.tracks()), activity.lastAt());
    }

    private static Activity toDomain(sluice.schemas.Activity read) {
        return new Activity(read.getActionCode(), toDomain(read.getTracks()), read.getLastAt());
    }

    private static sluice.schemas.Aggregate toAvro(Aggregate aggregate) {
        return new sluice.schemas.Aggregate(
                aggregate.actionCode(),
                aggregate.name(),
                toAvro(aggregate.values()),
                toAvro(aggregate.texts()),
                aggregate.lastAt());
    }

    private static Aggregate toDomain(sluice.schemas.Aggregate read) {
        return new Aggregate(
                read.getActionCode(),
                read.getName(),
                toDomain(read.getValues()),
                toDomain(read.getTexts()),
                read.getLastAt());
    }

    private static sluice.schemas.OpenAction toAvro(OpenAction action) {
        return new sluice.schemas.OpenAction(
                action.key().actionCode(), action.key().idempotencyKey(), toAvro(action.surroundings()));
    }

    private static OpenAction toDomain(sluice.schemas.OpenAction read) {
        return new OpenAction(
                new ActionKey(read.getActionCode(), read.getIdempotencyKey()), toDomain(read.getSurroundings()));
    }

    private static sluice.schemas.Surroundings toAvro(Surroundings came) {
        return sluice.schemas.Surroundings.newBuilder()
                .setDeviceId(came.deviceId().orElse(null))
                .setAddress(came.address().orElse(null))
                .setCountry(came.country().orElse(null))
                .setLatitude(came.latitude().orElse(null))
                .setLongitude(came.longitude().orElse(null))
                .setBrowser(came.browser().orElse(null))
                .build();
    }

    private static Surroundings toDomain(sluice.schemas.Surroundings read) {
        return new Surroundings(
                Optional.ofNullable(read.getDeviceId()),
                Optional.ofNullable(read.getAddress()),
                Optional.ofNullable(read.getCountry()),
                Optional.ofNullable(read.getLatitude()),
                Optional.ofNullable(read.getLongitude()),
                Optional.ofNullable(read.getBrowser()));
    }

    private static sluice.schemas.Place toAvro(Place place) {
        return new sluice.schemas.Place(place.latitude(), place.longitude(), place.at());
    }

    private static Place toDomain(sluice.schemas.Place read) {
        return new Place(read.getLatitude(), read.getLongitude(), read.getAt());
    }
}
