package sluice.runtime.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A handshake that a process has with itself, in memory: what another process of the installation would find wrong with its
 * certificate, as a server's or as a client's, comes out before anybody asks.
 */
final class Rehearsal {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** A handshake takes some twenty; one that has not ended by then never does. */
    private static final int STEPS_MAX = 1_000;

    private Rehearsal() {}

    /**
     * @param host that the certificate has to be for
     * @throws SSLException saying what is wrong
     */
    static void play(SSLContext context, String host) throws SSLException {
        var client = MutualTls.asking(context.createSSLEngine(host, -1));
        var server = MutualTls.answering(context.createSSLEngine());
        var size = client.getSession().getPacketBufferSize();
        var toServer = ByteBuffer.allocate(2 * size);
        var toClient = ByteBuffer.allocate(2 * size);
        client.beginHandshake();
        server.beginHandshake();
        for (var steps = 0; isOpen(client) || isOpen(server); steps++) {
            if (steps > STEPS_MAX) throw new SSLException("the handshake does not end");
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
    }

    private static boolean isOpen(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> engine.wrap(NOTHING, out);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
                in.compact();
            }
            case NOT_HANDSHAKING, FINISHED -> {}
        }
    }
}
