package sluice.track.http;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Connections that the system has taken and the server not yet. Java lets 50 wait; of more that come at once, each tries
 * again a second later.
 */
public final class AcceptQueue {
    private static final int LENGTH = 2048;

    private AcceptQueue() {}

    /** Lets more wait, from the server's start on. */
    public static void lengthen(Server server) {
        server.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarting(LifeCycle starting) {
                for (var each : server.getConnectors()) {
                    if (each instanceof ServerConnector connector) connector.setAcceptQueueSize(LENGTH);
                }
            }
        });
    }
}
