package sluice.track.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Sends one tenant's events. It has threads of its own, so that no tenant waits for another's slow receiver. */
final class Sender implements AutoCloseable {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int THREADS = 2;
    private static final int OK = 200;
    private static final int REDIRECT = 300;

    private final Targets targets;
    private final InstantSource clock;
    private final ExecutorService executor;
    private final HttpClient http;

    Sender(String tenantId, Targets targets, InstantSource clock) {
        this.targets = targets;
        this.clock = clock;
        this.executor = Executors.newFixedThreadPool(THREADS, work -> {
            var thread = new Thread(work, "webhook-sender-" + tenantId);
            thread.setDaemon(true);
            return thread;
        });
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_PATIENCE)
                .executor(executor)
                .build();
    }

    /**
     * Makes one attempt, signed with this moment's time.
     *
     * @param secrets every API secret of the tenant
     * @return how it ended, within ten seconds; never completes exceptionally
     */
    CompletableFuture<Attempt> post(URI url, WebhookEvent event, List<byte[]> secrets) {
        var sent = CompletableFuture.supplyAsync(() -> mayGo(url), executor)
                .thenCompose(may -> may ? send(url, event, secrets) : refused());
        return sent.exceptionally(Sender::failed);
    }

    /** The JDK keeps a name's addresses for some seconds, so those looked at here are those connected to. */
    private boolean mayGo(URI url) {
        try {
            return targets.allow(url, List.of(InetAddress.getAllByName(url.getHost())));
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }

    private static CompletableFuture<Attempt> refused() {
        return CompletableFuture.completedFuture(
                Attempt.failed("the address is not one that SLUICE_WEBHOOK_TARGETS allows"));
    }

    private CompletableFuture<Attempt> send(URI url, WebhookEvent event, List<byte[]> secrets) {
        var request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Sluice")
                .header(Signature.HEADER, Signature.of(event.body(), clock.instant(), secrets))
                .POST(BodyPublishers.ofString(event.body()))
                .build();
        var exchange = http.sendAsync(request, response -> new Ignored());
        var ended = exchange.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return ended.thenApply(this::judged);
    }

    private Attempt judged(HttpResponse<Boolean> response) {
        var status = response.statusCode();
        if (status >= OK && status < REDIRECT) return Attempt.DELIVERED;
        Optional<Duration> asked =
                response.headers().firstValue("Retry-After").flatMap(header -> Backoff.asked(header, clock.instant()));
        return new Attempt(false, "answered " + status, asked);
    }

    /** Only the kind of fault: its message may name the URL. */
    private static Attempt failed(Throwable fault) {
        var cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        return Attempt.failed(cause.getClass().getSimpleName());
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
