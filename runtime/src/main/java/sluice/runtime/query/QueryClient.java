package sluice.runtime.query;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.seal.SealBrokenException;
import sluice.runtime.seal.Sealing;
import sluice.runtime.tls.MutualTls;
import sluice.schemas.id.UserKey;

/**
 * Asks the owner of a user's partition, or all owners. A partition that is moving is asked again until it has an owner that may
 * answer, so that what a reply told is never missing from a later answer (promise P4). Thread-safe.
 */
public final class QueryClient {
    private static final Logger LOG = LoggerFactory.getLogger(QueryClient.class);
    private static final Duration ASK_AGAIN = Duration.ofMillis(50);

    /** An owner that is silent for so long may have been replaced: look who owns the partition now. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final OwnerDirectory owners;
    private final Sealing sealing;
    private final int partitions;
    private final Duration patience;
    private final OwnerConnections connections;

    /**
     * @param tls how owners are asked; empty: by plain HTTP
     * @param partitions of the topics of users
     * @param patience how long one query may take, moves of its partition included
     */
    public QueryClient(
            OwnerDirectory owners, Sealing sealing, Optional<MutualTls> tls, int partitions, Duration patience) {
        this.owners = owners;
        this.connections = new OwnerConnections(tls);
        this.sealing = sealing;
        this.partitions = partitions;
        this.patience = patience;
    }

    /**
     * Asks one query.
     *
     * @param service whose state is asked
     * @param query its name
     * @param userKey tenantId/userId
     * @param question what the query is asked with
     * @return the answer; completes with {@link OwnerUnavailableException} if no owner answers in time
     */
    public CompletableFuture<byte[]> ask(String service, String query, String userKey, byte[] question) {
        return ask(service, query, UserKey.partition(userKey, partitions), question);
    }

    /**
     * Asks the same of every partition's owner, all at once: for what no key says the partition of.
     *
     * @return the answers in the order of the partitions; fails if one of them does
     */
    public CompletableFuture<List<byte[]>> askAll(String service, String query, byte[] question) {
        var asked = IntStream.range(0, partitions)
                .mapToObj(partition -> ask(service, query, partition, question))
                .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(all -> asked.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<byte[]> ask(String service, String query, int partition, byte[] question) {
        var route = new QueryRoute(service, query, partition);
        return attempt(route, question, System.nanoTime() + patience.toNanos());
    }

    /** Each attempt is a question of its own: what an earlier one was answered may be old by now. */
    private CompletableFuture<byte[]> attempt(QueryRoute route, byte[] question, long deadline) {
        var left = Duration.ofNanos(deadline - System.nanoTime());
        if (left.isNegative() || left.isZero()) {
            return CompletableFuture.failedFuture(new OwnerUnavailableException(route.service(), route.partition()));
        }
        var owner = owners.ownerOf(route.service(), route.partition());
        if (owner.isEmpty() || !connections.reach(owner.get().endpoint())) return later(route, question, deadline);
        var sealed = sealing.seal(question, route.questionPlace());
        var place = owner.get().bindsAnswers() ? route.answerPlace(sealed) : route.unboundAnswerPlace();
        var request = HttpRequest.newBuilder(URI.create(owner.get().endpoint() + route.path()))
                .timeout(left.compareTo(SILENCE) < 0 ? left : SILENCE)
                .header(QueryRoute.BOUND, "1")
                .POST(BodyPublishers.ofByteArray(sealed))
                .build();
        return connections
                .http()
                .sendAsync(request, BodyHandlers.ofByteArray())
                .whenComplete(
                        (response, fault) -> connections.failed(owner.get().endpoint(), fault))
                .handle((response, fault) -> fault == null && response.statusCode() == 200
                        ? opened(route, place, response)
                                .map(CompletableFuture::completedFuture)
                                .orElseGet(() -> later(route, question, deadline))
                        : later(route, question, deadline))
                .thenCompose(answer -> answer);
    }

    /** Empty for what is no answer to this question: an old one, or another's. */
    private Optional<byte[]> opened(QueryRoute route, String[] place, HttpResponse<byte[]> response) {
        try {
            return Optional.of(sealing.open(response.body(), place));
        } catch (SealBrokenException e) {
            LOG.warn(
                    "The answer to query {} of {} is not sealed for it, and counts for nothing",
                    route.query(),
                    route.service());
            return Optional.empty();
        }
    }

    private CompletableFuture<byte[]> later(QueryRoute route, byte[] question, long deadline) {
        Executor soon = CompletableFuture.delayedExecutor(ASK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        return CompletableFuture.supplyAsync(() -> attempt(route, question, deadline), soon)
                .thenCompose(answer -> answer);
    }
}
