package sluice.rules.domain;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sluice.rule.CustomDataPoint;
import sluice.rule.DataPoint;
import sluice.rule.ValueType;
import sluice.rule.Variable;

/**
 * The values of data points at the moment at which an action is decided; null is not known (docs/rules.md).
 *
 * @param user with what the event tells of them
 */
record Facts(User user, Event.Track event) {
    private static final DateTimeFormatter ISO_MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Nullable
    Object value(Variable variable) {
        if (variable instanceof DataPoint point) return value(point);
        if (variable instanceof CustomDataPoint point) {
            var values =
                    point.isOfUser() ? user.profile().custom() : event.signals().custom();
            return value(point, values);
        }
        throw new AssertionError("No value for " + variable);
    }

    private @Nullable Object value(DataPoint point) {
        var at = event.cause().at();
        return switch (point) {
            case ACTION_CODE -> event.action().actionCode();
            case ACTION_TIME -> ISO_MILLIS.format(at);
            case ACTION_HOUR_OF_DAY -> (double) at.atOffset(ZoneOffset.UTC).getHour();
            case ACTION_DAY_OF_WEEK ->
                at.atOffset(ZoneOffset.UTC).getDayOfWeek().name();
            case USER_IS_ENROLLED -> user.isEnrolled();
            case USER_VERIFICATION_METHODS ->
                user.enrolledMethods().stream().map(Enum::name).toList();
            case USER_ACCOUNT_AGE_DAYS ->
                (double) Math.max(0, Duration.between(user.createdAt(), at).toDays());
            case USER_EMAIL -> user.profile().email().orElse(null);
            case USER_EMAIL_VERIFIED -> user.profile().emailVerified().orElse(null);
            case USER_PHONE_NUMBER -> user.profile().phoneNumber().orElse(null);
            case IP_ADDRESS -> event.signals().ipAddress().orElse(null);
            case DEVICE_ID -> event.signals().deviceId().orElse(null);
            case USER_AGENT -> event.signals().userAgent().orElse(null);
            case LOCALE ->
                event.signals().locale().or(() -> user.profile().locale()).orElse(null);
            case IP_COUNTRY_CODE, IP_IS_ANONYMOUS, DEVICE_IS_NEW -> null; // what they come from is not there yet
        };
    }

    /** A value of another type than the point's is not known. */
    private static @Nullable Object value(CustomDataPoint point, Map<String, CustomValue> values) {
        var value = values.get(point.dataName());
        if (value == null) return null;
        return switch (point.type()) {
            case TEXT -> value.text().orElse(null);
            case NUMBER -> value.number().filter(Double::isFinite).orElse(null);
            case BOOLEAN -> value.truth().orElse(null);
            case LIST -> value.text().map(List::of).orElse(null);
            case ANY -> throw new AssertionError("No custom data point is " + ValueType.ANY);
        };
    }
}
