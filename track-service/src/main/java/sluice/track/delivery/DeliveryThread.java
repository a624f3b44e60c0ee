package sluice.track.delivery;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps deliveries going, whatever ends them, until it is closed. */
public final class DeliveryThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryThread.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(6);

    private final String name;
    private final Supplier<Deliveries<?>> next;
    private final Thread thread;
    private volatile @Nullable Deliveries<?> deliveries;
    private volatile boolean closed;

    /**
     * Begins once it is started.
     *
     * @param name of what is delivered, for the log
     * @param next makes deliveries, at first and after each end
     */
    public DeliveryThread(String name, Supplier<Deliveries<?>> next) {
        this.name = name;
        this.next = next;
        this.thread = new Thread(this::deliver, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** How long the oldest event that was read has waited. */
    public Duration age() {
        var current = deliveries;
        return current == null ? Duration.ZERO : current.age();
    }

    private void deliver() {
        while (!closed) {
            try {
                var current = next.get();
                deliveries = current;
                if (closed) current.close();
                current.run();
            } catch (RuntimeException e) {
                LOG.warn("{} are interrupted, and go on soon", name, e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            LOG.debug("closed");
        }
    }

    /** Waits for what is on its way, some seconds at most. */
    @Override
    public void close() {
        closed = true;
        var current = deliveries;
        if (current != null) current.close();
        try {
            thread.join(STOP_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
