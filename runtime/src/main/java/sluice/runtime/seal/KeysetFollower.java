package sluice.runtime.seal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the keyset's file every few seconds and lets the process use what is there, so that keys are rotated without
 * a restart. A file that lacks a key which the process has is not taken: something sealed with it would be lost.
 */
public final class KeysetFollower implements AutoCloseable {
    /** Until each process on a data directory has what was written there, and some. */
    public static final Duration TAKEN_AFTER = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(KeysetFollower.class);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Path dataDirectory;
    private final Sealing sealing;
    private final MultiGauge gauge;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "keyset");
        thread.setDaemon(true);
        return thread;
    });
    private String refused = "";

    /**
     * Begins to look.
     *
     * @param sealing gets the keys
     * @param meters get which there are, and which one seals
     */
    public KeysetFollower(Path dataDirectory, Sealing sealing, MeterRegistry meters) {
        this(dataDirectory, sealing, meters, LOOK);
    }

    KeysetFollower(Path dataDirectory, Sealing sealing, MeterRegistry meters, Duration look) {
        this.dataDirectory = dataDirectory;
        this.sealing = sealing;
        this.gauge = MultiGauge.builder("sluice.keyset.key")
                .description("The keys that this process has: 1 for the one that seals, 0 for one that opens alone")
                .register(meters);
        show();
        looks.scheduleWithFixedDelay(this::look, look.toMillis(), look.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            var found = Keyset.readKeys(dataDirectory);
            if (found.ids().equals(sealing.keyIds())) return;
            if (!found.ids().containsAll(sealing.keyIds())) {
                refuse("it lacks keys that this process has");
                return;
            }
            sealing.use(found);
            refused = "";
            show();
            LOG.info(
                    "The keyset has {} keys now; {} seals",
                    found.ids().size(),
                    Keyset.named(found.ids().get(0)));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            refuse(e.getClass().getSimpleName());
        }
    }

    private void refuse(String why) {
        if (!refused.equals(why))
            LOG.error("The keyset in {} is not taken, the former one stays: {}", dataDirectory, why);
        refused = why;
    }

    private void show() {
        List<Integer> ids = sealing.keyIds();
        gauge.register(
                ids.stream()
                        .map(id ->
                                MultiGauge.Row.of(Tags.of("key_id", Keyset.named(id)), id.equals(ids.get(0)) ? 1 : 0))
                        .toList(),
                true);
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
