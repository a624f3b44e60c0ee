package sluice.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import sluice.runtime.settings.Settings;

/**
 * What an installation on one machine is told.
 *
 * @param kafkaPort of the embedded broker
 * @param hasEmbeddedKafka whether {@code up} starts that broker: it does unless it was told of another
 */
record LocalSettings(int kafkaPort, boolean hasEmbeddedKafka) {
    private static final long FREE_BYTES_MIN = 512L << 20;

    static LocalSettings from(Settings settings) {
        var kafkaPort = settings.number("SLUICE_KAFKA_PORT", 9092, 1, 65_535, "port of the embedded broker");
        var isTold = settings.isSet("SLUICE_BOOTSTRAP_SERVERS");
        settings.refuseIfAnyIsWrong();
        return new LocalSettings(kafkaPort.orElseThrow(), !isTold);
    }

    /** Refuses to start on a port that another program has. */
    static void requireFree(int port, String setting) {
        if (port == 0) return;
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new CommandFailedException(
                    "Port %d is taken by another program: stop it, or set %s to a free port.".formatted(port, setting));
        }
    }

    /** Any port that nobody has. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Refuses to start where the log would soon be cut short. */
    static void requireRoom(Path dataDirectory) throws IOException {
        var free = Files.getFileStore(Files.createDirectories(dataDirectory)).getUsableSpace();
        if (free < FREE_BYTES_MIN) {
            throw new CommandFailedException(
                    "The disk of %s has %d MiB left; Sluice wants %d MiB. Make room, or set SLUICE_DATA_DIR."
                            .formatted(dataDirectory, free >> 20, FREE_BYTES_MIN >> 20));
        }
    }
}
