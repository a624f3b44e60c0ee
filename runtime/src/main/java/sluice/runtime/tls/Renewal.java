package sluice.runtime.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files with a certificate every few seconds. What they hold anew is taken if it can be used; what can't is told
 * in the log, and the former stays.
 *
 * @param <T> what is made of the files
 */
final class Renewal<T extends Renewal.Shown> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Reader<T> reader;
    private final Taker<T> taker;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "tls-key-store");
        thread.setDaemon(true);
        return thread;
    });
    private volatile T shown;
    private String refused = "";

    /** What has a certificate. */
    interface Shown {
        /** Of the files, to see whether they have changed. */
        String fingerprint();

        /** Until when the certificate is good. */
        Instant notAfter();
    }

    /** Reads the files as they are now. */
    interface Reader<T> {
        /** @throws UnusableKeyStoreException if they can't be used */
        T read() throws UnusableKeyStoreException;
    }

    /** Lets what was read count from now on. */
    interface Taker<T> {
        void take(T found) throws Exception;
    }

    /**
     * Begins to look.
     *
     * @param first what counts already
     */
    Renewal(T first, Reader<T> reader, Taker<T> taker) {
        this.shown = first;
        this.reader = reader;
        this.taker = taker;
        looks.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What counts now. */
    T shown() {
        return shown;
    }

    /** When the certificate expires, in seconds since 1970. */
    double expiry() {
        return shown.notAfter().getEpochSecond();
    }

    private void look() {
        try {
            var found = reader.read();
            refused = "";
            if (found.fingerprint().equals(shown.fingerprint())) return;
            taker.take(found);
            shown = found;
            LOG.info("A new certificate is shown from now on, good until {}", found.notAfter());
        } catch (UnusableKeyStoreException e) {
            if (!refused.equals(e.getMessage())) LOG.error("The former certificate stays: {}", e.getMessage());
            refused = String.valueOf(e.getMessage());
        } catch (Exception e) {
            LOG.error("The new certificate can't be shown", e);
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
