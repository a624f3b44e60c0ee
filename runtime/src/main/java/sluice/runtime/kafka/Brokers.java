package sluice.runtime.kafka;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import sluice.runtime.NodeSettings;

/** Kafka's brokers, before anything else is asked of them. */
public final class Brokers {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ASKED = Duration.ofSeconds(2);

    private Brokers() {}

    /**
     * Waits until one answers.
     *
     * @return a client of theirs, to be closed
     * @throws IllegalStateException if none does in time; at once if one refuses this process's login, or is not
     *     trusted: waiting would change nothing
     */
    public static Admin reach(NodeSettings settings) throws InterruptedException {
        var admin = client(settings);
        try {
            await(admin, settings.bootstrapServers());
            return admin;
        } catch (RuntimeException | InterruptedException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    private static Admin client(NodeSettings settings) {
        try {
            return Admin.create(new KafkaProperties(settings).client());
        } catch (KafkaException e) {
            throw new IllegalStateException(
                    "No client of Kafka as %s has it: %s".formatted(ClientSecurity.FILE, causes(e)), e);
        }
    }

    private static void await(Admin admin, String servers) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                admin.describeCluster().clusterId().get(ASKED.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (ExecutionException | TimeoutException e) {
                if (e.getCause() instanceof AuthenticationException refused) throw refused(servers, refused);
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "Kafka at %s did not answer within %d s".formatted(servers, PATIENCE.toSeconds()), e);
                }
            }
        }
    }

    /** For an operator: which side refused the other, and why. */
    public static IllegalStateException refused(String servers, AuthenticationException e) {
        return new IllegalStateException(
                e instanceof SaslAuthenticationException
                        ? "Kafka at %s refuses the login in %s: %s"
                                .formatted(servers, ClientSecurity.FILE, e.getMessage())
                        : "No TLS with Kafka at %s as %s has it: %s"
                                .formatted(servers, ClientSecurity.FILE, causes(e)));
    }

    /** Why, in the words of all that lies behind it; Kafka's own stop at what went wrong. */
    private static String causes(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(": "));
    }
}
