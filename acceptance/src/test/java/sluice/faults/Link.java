package sluice.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A connection to a process that can be cut, slowed or held up: a port that hands on to another. */
final class Link implements AutoCloseable {
    private static final int BUFFER = 16 << 10;
    private static final int CONNECT_MILLIS = 1000;

    private static final Duration LOOK = Duration.ofMillis(20);

    private final String name;
    private final ServerSocket entrance;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;
    private volatile boolean isHeldUp;
    private volatile Duration delay = Duration.ZERO;

    /**
     * Opens the port.
     *
     * @param name who is connected with what, for reports
     * @param target port on this machine
     */
    Link(String name, int target) throws IOException {
        this.name = name;
        this.entrance = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        this.target = target;
        start("accept", this::accept);
    }

    String name() {
        return name;
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Ends what is connected and refuses what comes. */
    void cut() {
        isCut = true;
        open.forEach(Link::close);
    }

    /** Holds up each piece of data. */
    void slow(Duration by) {
        delay = by;
    }

    /** Lets nothing through and closes nothing, as a network does that loses what it is given. */
    void holdUp() {
        isHeldUp = true;
    }

    void heal() {
        isCut = false;
        isHeldUp = false;
        delay = Duration.ZERO;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                var client = entrance.accept();
                if (isCut) close(client);
                else connect(client);
            } catch (IOException e) {
                if (!entrance.isClosed()) throw new UncheckedIOException(e);
            }
        }
    }

    private void connect(Socket client) {
        var server = new Socket();
        open.add(client);
        open.add(server);
        start("link", () -> {
            try {
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
            } catch (IOException e) {
                end(client, server);
                return;
            }
            start("link-back", () -> pump(server, client));
            pump(client, server);
        });
    }

    private void pump(Socket from, Socket to) {
        var buffer = new byte[BUFFER];
        try (var in = from.getInputStream();
                var out = to.getOutputStream()) {
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!delay.isZero()) Thread.sleep(delay.toMillis());
                while (isHeldUp) Thread.sleep(LOOK.toMillis());
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // one side has gone: so does the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(from, to);
        }
    }

    private void end(Socket... sockets) {
        for (var socket : sockets) {
            open.remove(socket);
            close(socket);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        open.forEach(Link::close);
    }
}
