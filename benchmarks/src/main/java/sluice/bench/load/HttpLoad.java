package sluice.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Keeps one call in flight on each of its connections until the time is over or there are no more calls. The first call
 * on each is not counted.
 */
public final class HttpLoad {
    /** How long a connection rests that was told to come again, as Sluice asks for by {@code Retry-After}. */
    private static final Duration REST = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;
    private static final int OK = 200;
    private static final double NANOS = 1e9;

    private final Supplier<Optional<Call>> calls;
    private final Duration duration;
    private final Selector selector = Selector.open();
    private final Queue<Connection> resting = new ArrayDeque<>();
    private final Histogram latencies = new Histogram(LONGEST, DIGITS);

    /** Before it, one call is made on each connection; it is not counted, as the connection may be long in coming. */
    private long until = System.nanoTime();

    private int waiting;
    private long served;
    private long shed;
    private long refused;

    private HttpLoad(Supplier<Optional<Call>> calls, Duration duration) throws IOException {
        this.calls = calls;
        this.duration = duration;
    }

    /**
     * Runs a load to its end.
     *
     * @param address of the server
     * @param calls asked for the next; empty: there are no more
     * @param duration after which no more calls are begun
     * @throws IOException if the server breaks a connection, or is silent
     */
    public static Loaded run(
            InetSocketAddress address, int connections, Supplier<Optional<Call>> calls, Duration duration)
            throws IOException {
        return new HttpLoad(calls, duration).run(address, connections);
    }

    private Loaded run(InetSocketAddress address, int connections) throws IOException {
        var open = new ArrayList<Connection>();
        try (selector) {
            for (var each = 0; each < connections; each++) open.add(connect(address));
            all(open);
            var refusedAtFirst = refused;
            forget();
            var begun = System.nanoTime();
            until = begun + duration.toNanos();
            all(open);
            return new Loaded(served, shed, refusedAtFirst + refused, (System.nanoTime() - begun) / NANOS, latencies);
        } finally {
            for (var each : open) each.close();
        }
    }

    private Connection connect(InetSocketAddress address) throws IOException {
        var channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return new Connection(channel, channel.register(selector, SelectionKey.OP_READ));
    }

    /** One call on each, and more until the time is over. */
    private void all(List<Connection> open) throws IOException {
        for (var each : open) ask(each);
        while (waiting > 0 || (!resting.isEmpty() && System.nanoTime() < until)) turn();
        resting.clear();
    }

    private void forget() {
        served = 0;
        shed = 0;
        refused = 0;
        latencies.reset();
    }

    private void turn() throws IOException {
        var rest = resting.isEmpty() ? PATIENCE.toMillis() : 1;
        var ready = selector.select(rest);
        if (ready == 0 && resting.isEmpty()) throw new IOException("No answer for " + PATIENCE.toSeconds() + " s");
        for (var key : selector.selectedKeys()) {
            var connection = (Connection) key.attachment();
            if (key.isWritable()) connection.write();
            if (key.isReadable()) connection.read().ifPresent(status -> answered(connection, status));
        }
        selector.selectedKeys().clear();
        var now = System.nanoTime();
        while (!resting.isEmpty() && now - resting.element().since() > REST.toNanos()) next(resting.remove());
    }

    private void answered(Connection connection, int status) {
        waiting--;
        if (status == OK) {
            served++;
            latencies.recordValue(Math.min(LONGEST, connection.nanos()));
        } else if (status == 503 || status == 429) {
            shed++;
            connection.rest();
            resting.add(connection);
            return;
        } else {
            refused++;
        }
        next(connection);
    }

    private void next(Connection connection) {
        if (System.nanoTime() < until) ask(connection);
    }

    private void ask(Connection connection) {
        calls.get().ifPresent(call -> {
            waiting++;
            connection.ask(call);
        });
    }
}
