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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import sluice.track.delivery.Attempt;
import sluice.track.delivery.Backoff;

/** Sends one tenant's events. It has threads of its own, so that no tenant waits for another's slow receiver. */
final class Sender implements AutoCloseable {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Set<Integer> NOT_NOW = Set.of(408, 425, 429);
    private static final int THREADS = 2;
    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int FAULT = 500;

    private final Targets targets;
    private final InstantSource clock;
    private final Duration patience;
    private final ExecutorService executor;
    private final HttpClient http;

    Sender(String tenantId, Targets targets, InstantSource clock) {
        this(tenantId, targets, clock, PATIENCE);
    }

    /** @param patience with each attempt */
    Sender(String tenantId, Targets targets, InstantSource clock, Duration patience) {
        this.targets = targets;
        this.clock = clock;
        this.patience = patience;
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
     * @return how it ended, when the patience is over at the latest; never completes exceptionally
     */
    CompletableFuture<Attempt> post(URI url, WebhookEvent event, List<byte[]> secrets) {
        try {
            var sent = CompletableFuture.supplyAsync(() -> looked(url), executor)
                    .thenCompose(target ->
                            target.map(found -> send(found, event, secrets)).orElseGet(Sender::refused));
            return sent.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).exceptionally(Sender::failed);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(failed(e)); // closed
        }
    }

    /** Where the request goes, by the addresses that the URL's host stands for now; empty: nowhere. */
    private Optional<URI> looked(URI url) {
        try {
            return targets.allowed(url, List.of(InetAddress.getAllByName(url.getHost())));
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
        var ended = exchange.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        return ended.thenApply(this::judged);
    }

    private Attempt judged(HttpResponse<Boolean> response) {
        var status = response.statusCode();
        if (status >= OK && status < REDIRECT) return Attempt.DELIVERED;
        Optional<Duration> asked =
                response.headers().firstValue("Retry-After").flatMap(header -> Backoff.asked(header, clock.instant()));
        var isNo = status < FAULT && !NOT_NOW.contains(status);
        return new Attempt(isNo ? Attempt.End.REFUSED : Attempt.End.FAILED, "answered " + status, asked);
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
