package sluice.track.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;

/** A mail server that goes along with all but one of the commands (RFC 5321 section 4.1). */
record UnwillingServer(ServerSocket socket, String verb, String reply) implements AutoCloseable {

    static UnwillingServer to(String verb, String reply) throws IOException {
        var server = new UnwillingServer(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), verb, reply);
        var thread = new Thread(server::serve, "unwilling");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var client = socket.accept()) {
                talk(client);
            } catch (IOException e) {
                // the client is gone, or the test is over
            }
        }
    }

    private void talk(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
        say(client, "220 here");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            var said = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
            if (said.equals(verb)) say(client, reply);
            else say(client, said.equals("DATA") ? "354 go on" : "250 ok");
        }
    }

    private static void say(Socket client, String reply) throws IOException {
        client.getOutputStream().write((reply + "\r\n").getBytes(US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
