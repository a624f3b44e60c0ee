package sluice.track.webhook;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import sluice.runtime.settings.Settings;

/**
 * What the operator says of webhooks.
 *
 * @param targets where they may go
 * @param giveUpAfter age of an event from which on an attempt that fails is its last
 */
public record WebhookSettings(Targets targets, Duration giveUpAfter) {
    private static final Duration GIVE_UP_MIN = Duration.ofMinutes(1);
    private static final Duration GIVE_UP_MAX = Duration.ofDays(3650);

    /** Reads these settings; the caller refuses when it has read all of its own. Empty: one is wrong. */
    public static Optional<WebhookSettings> from(Settings settings) {
        var targets = settings.read(
                "SLUICE_WEBHOOK_TARGETS",
                Targets.LOOPBACK.name(),
                "one of " + Arrays.toString(Targets.values()),
                "where webhooks may go: https to public addresses; these and this machine by http too; anywhere",
                Targets::valueOf,
                any -> true);
        var giveUpAfter = settings.read(
                "SLUICE_WEBHOOK_GIVE_UP_AFTER",
                "PT72H",
                "a duration of PT1M or more, P3650D at most",
                "age of an event from which on a delivery that fails is given up, so that those behind it go on",
                Duration::parse,
                age -> age.compareTo(GIVE_UP_MIN) >= 0 && age.compareTo(GIVE_UP_MAX) <= 0);
        return targets.flatMap(where -> giveUpAfter.map(age -> new WebhookSettings(where, age)));
    }
}
