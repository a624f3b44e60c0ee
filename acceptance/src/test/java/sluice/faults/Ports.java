package sluice.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for processes that listen later: below those that systems give to connections, which come and go meanwhile. */
final class Ports {
    private static final int LEAST = 12_000;
    private static final int BOUND = 32_000;

    private final Set<Integer> given = new HashSet<>();

    /** One that nobody has and that was not given before. */
    int free() {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(LEAST, BOUND);
            if (isFree(port) && given.add(port)) return port;
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false; // taken
        }
    }
}
