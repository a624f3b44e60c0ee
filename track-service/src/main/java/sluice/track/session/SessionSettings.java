package sluice.track.session;

import java.time.Duration;
import java.util.Optional;
import sluice.runtime.settings.Settings;

/**
 * How long sessions and their tokens last.
 *
 * @param accessTokenLifetime how long an access token is good for, at most {@link #ACCESS_TOKEN_LIFETIME_MAX}
 * @param refreshTokenLifetime how long a session lasts that is not refreshed
 * @param lifetimeMax how long it lasts however often it is refreshed
 */
public record SessionSettings(Duration accessTokenLifetime, Duration refreshTokenLifetime, Duration lifetimeMax) {
    /** Whoever checks access tokens offline goes on taking one of a revoked session for so long. */
    static final Duration ACCESS_TOKEN_LIFETIME_MAX = Duration.ofHours(1);

    private static final Duration ACCESS_TOKEN_LIFETIME_MIN = Duration.ofMinutes(1);
    private static final Duration SESSION_LIFETIME_MIN = Duration.ofHours(1);
    private static final Duration SESSION_LIFETIME_LIMIT = Duration.ofDays(366);

    /** Reads these settings; refuses when all have been read. */
    public static SessionSettings from(Settings settings) {
        var access = duration(
                settings,
                "SLUICE_ACCESS_TOKEN_LIFETIME",
                "PT10M",
                "a duration of 1 minute to 1 hour, such as PT10M",
                "how long a session's access token is good for",
                ACCESS_TOKEN_LIFETIME_MIN,
                ACCESS_TOKEN_LIFETIME_MAX);
        var refresh = sessionDuration(
                settings, "SLUICE_REFRESH_TOKEN_LIFETIME", "P14D", "how long a session lasts that is not refreshed");
        var longest = sessionDuration(
                settings, "SLUICE_SESSION_LIFETIME_MAX", "P90D", "how long a session lasts, refreshed or not");
        settings.refuseIfAnyIsWrong();
        return new SessionSettings(access.orElseThrow(), refresh.orElseThrow(), longest.orElseThrow());
    }

    private static Optional<Duration> sessionDuration(Settings settings, String name, String fallback, String meaning) {
        return duration(
                settings,
                name,
                fallback,
                "a duration of 1 hour to 366 days, such as " + fallback,
                meaning,
                SESSION_LIFETIME_MIN,
                SESSION_LIFETIME_LIMIT);
    }

    private static Optional<Duration> duration(
            Settings settings,
            String name,
            String fallback,
            String expectation,
            String meaning,
            Duration least,
            Duration most) {
        return settings.read(
                name,
                fallback,
                expectation,
                meaning,
                Duration::parse,
                read -> read.compareTo(least) >= 0 && read.compareTo(most) <= 0);
    }
}
