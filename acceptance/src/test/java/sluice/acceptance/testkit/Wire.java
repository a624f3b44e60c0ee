package sluice.acceptance.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/** A connection to an ingress, as one has it who keeps to no protocol. */
public final class Wire implements AutoCloseable {
    private final Socket socket;

    private Wire(Socket socket) {
        this.socket = socket;
    }

    public static Wire to(URI url) throws IOException {
        return new Wire(new Socket(url.getHost(), url.getPort()));
    }

    /** Sends a text, each character as the byte of its number. */
    public Wire send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /**
     * Everything that comes until the other side ends the connection.
     *
     * @throws SocketTimeoutException if it does not, and sends nothing for so long
     */
    public String untilItEnds(Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /** Sends a text, if the connection still takes it. */
    public boolean takes(String text) {
        try {
            send(text);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
