package sluice.rules.domain;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.rule.AggregateDataPoint;
import sluice.rule.CountedDataPoint;
import sluice.rule.CustomDataPoint;
import sluice.rule.DataPoint;
import sluice.rule.Variable;
import sluice.rules.domain.history.Activity;
import sluice.rules.domain.history.History;
import sluice.rules.domain.history.Sighting;
import sluice.rules.domain.history.Sightings;
import sluice.rules.domain.history.Surroundings;
import sluice.rules.domain.history.Travel;
import sluice.rules.domain.history.Window;

/**
 * The values of data points at the moment at which an action is decided; null is not known (docs/rules.md). What is new
 * or last is told by the history before the event, what is counted by the history with it.
 *
 * @param user with what the event tells of them, and the history before it
 * @param came what the user came with
 * @param after the history with the event
 */
record Facts(User user, Event.Track event, Surroundings came, History after) {
    private static final DateTimeFormatter ISO_MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Nullable
    Object value(Variable variable) {
        if (variable instanceof DataPoint point) return value(point);
        if (variable instanceof CountedDataPoint point) return (double) count(point);
        if (variable instanceof AggregateDataPoint point) return value(point);
        if (variable instanceof CustomDataPoint point) return value(point);
        throw new AssertionError("No value for " + variable);
    }

    private @Nullable Object value(DataPoint point) {
        var signals = event.signals();
        var found = signals.enrichment();
        var profile = user.profile();
        return switch (point) {
            case ACTION_CODE -> event.action().actionCode();
            case ACTION_TIME -> ISO_MILLIS.format(at());
            case ACTION_HOUR_OF_DAY -> (double) local().getHour();
            case ACTION_DAY_OF_WEEK -> local().getDayOfWeek().name();
            case ACTION_TIME_ZONE -> zone().map(ZoneId::getId).orElse(null);
            case ACTION_SECONDS_SINCE_LAST ->
                seconds(before().activity(event.action().actionCode()).map(Activity::lastAt));
            case USER_IS_ENROLLED -> user.isEnrolled();
            case USER_VERIFICATION_METHODS ->
                user.enrolledMethods().stream().map(Enum::name).toList();
            case USER_ACCOUNT_AGE_DAYS -> days(user.createdAt());
            case USER_EMAIL -> profile.email().orElse(null);
            case USER_EMAIL_VERIFIED -> profile.emailVerified().orElse(null);
            case USER_PHONE_NUMBER -> profile.phoneNumber().orElse(null);
            case USER_SECONDS_SINCE_LAST_SUCCESS -> seconds(before().lastSuccessAt());
            case IP_ADDRESS -> found.address().or(signals::ipAddress).orElse(null);
            case IP_IS_NEW -> isNew(before().addresses(), came.address());
            case IP_COUNTRY_CODE -> found.country().orElse(null);
            case IP_IS_ANONYMOUS -> found.isAnonymous().orElse(null);
            case IP_IS_COUNTRY_NEW -> isNew(before().countries(), came.country());
            case IP_KILOMETRES_FROM_LAST_VERIFIED ->
                travel().map(Travel::kilometres).orElse(null);
            case IP_SPEED_FROM_LAST_VERIFIED -> travel().map(Travel::speed).orElse(null);
            case IP_IS_IMPOSSIBLE_TRAVEL -> travel().map(Travel::isImpossible).orElse(null);
            case IP_IS_ATYPICAL_TRAVEL -> isAtypical();
            case IP_USERS_1H -> number(found.shared().addressUsersLastHour());
            case IP_USERS_24H -> number(found.shared().addressUsersLastDay());
            case IP_WRONG_ANSWERS_1H -> number(found.shared().addressFailuresLastHour());
            case IP_WRONG_ANSWERS_24H -> number(found.shared().addressFailuresLastDay());
            case IP_FAILED_CHALLENGES_1H -> number(found.shared().addressFailedChallengesLastHour());
            case IP_FAILED_CHALLENGES_24H -> number(found.shared().addressFailedChallengesLastDay());
            case DEVICE_ID -> signals.deviceId().orElse(null);
            case DEVICE_IS_NEW -> isNew(before().devices(), came.deviceId());
            case DEVICE_KNOWN_FOR_DAYS ->
                device().flatMap(Sighting::knownSince).map(this::days).orElse(null);
            case DEVICE_SECONDS_SINCE_LAST_SEEN -> seconds(device().map(Sighting::lastAt));
            case DEVICE_COUNT_OF_USER -> (double) before().devices().known();
            case DEVICE_USERS_24H -> number(found.shared().deviceUsersLastDay());
            case DEVICE_TYPE -> found.deviceType().orElse(null);
            case DEVICE_IS_BOT -> found.isBot().orElse(null);
            case USER_AGENT -> signals.userAgent().orElse(null);
            case USER_AGENT_BROWSER -> found.browser().orElse(null);
            case USER_AGENT_OPERATING_SYSTEM -> found.operatingSystem().orElse(null);
            case USER_AGENT_IS_NEW -> isNew(before().browsers(), came.browser());
            case LOCALE -> signals.locale().or(profile::locale).orElse(null);
        };
    }

    private long count(CountedDataPoint point) {
        var tally =
                switch (point.counted()) {
                    case ACTIONS ->
                        after.activity(event.action().actionCode())
                                .orElseThrow()
                                .tracks(); // this one at least
                    case ATTEMPTS -> after.attempts();
                    case FAILED_CHALLENGES -> after.failedChallenges();
                };
        return tally.count(Window.of(point.span()), at());
    }

    private @Nullable Object value(AggregateDataPoint point) {
        var window = Window.of(point.span());
        var aggregate = after.aggregate(event.action().actionCode(), point.dataName());
        if (aggregate.isEmpty()) {
            // either nothing ever came, or nobody counted what came
            return point.kind() == AggregateDataPoint.Kind.MAX || after.isFull() ? null : (Object) 0.0;
        }
        var values = aggregate.get().values();
        return switch (point.kind()) {
            case COUNT -> (double) values.count(window, at());
            case SUM -> finite(values.sum(window, at()));
            case MAX -> values.max(window, at()).stream().boxed().findFirst().orElse(null);
            case DISTINCT -> (double) aggregate.get().texts().distinct(window, at());
        };
    }

    /** A sum beyond the numbers that there are is not known. */
    private static @Nullable Double finite(double sum) {
        return Double.isFinite(sum) ? sum : null;
    }

    /** A value of another type than the point's is not known. */
    private @Nullable Object value(CustomDataPoint point) {
        var values =
                point.isOfUser() ? user.profile().custom() : event.signals().custom();
        var value = values.get(point.dataName());
        return value == null ? null : value.as(point.type());
    }

    private Instant at() {
        return event.cause().at();
    }

    private History before() {
        return user.history();
    }

    private Optional<Sighting> device() {
        return came.deviceId().flatMap(before().devices()::find);
    }

    private Optional<Travel> travel() {
        return came.place(at()).flatMap(here -> before().lastVerifiedPlace().map(there -> new Travel(there, here)));
    }

    private @Nullable Boolean isAtypical() {
        return travel().flatMap(travel -> came.country()
                        .map(country -> travel.isFar() && !before().countries().isKnown(country)))
                .orElse(null);
    }

    private static @Nullable Boolean isNew(Sightings before, Optional<String> value) {
        return value.map(each -> !before.isKnown(each)).orElse(null);
    }

    private ZonedDateTime local() {
        return at().atZone(zone().orElse(ZoneOffset.UTC));
    }

    /** A zone that this Java has not heard of is not known. */
    private Optional<ZoneId> zone() {
        try {
            return event.signals().enrichment().timeZone().map(ZoneId::of);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private double days(Instant since) {
        return Math.max(0, Duration.between(since, at()).toDays());
    }

    /** To the millisecond; what comes late is no time after. */
    private @Nullable Double seconds(Optional<Instant> since) {
        return since.map(from -> Math.max(0, Duration.between(from, at()).toMillis()) / 1000.0)
                .orElse(null);
    }

    private static @Nullable Double number(Optional<Long> count) {
        return count.map(Long::doubleValue).orElse(null);
    }
}
