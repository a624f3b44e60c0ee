package sluice.runtime.query;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import sluice.runtime.seal.SealBrokenException;
import sluice.runtime.seal.Sealing;

/**
 * Answers queries for the partitions that this process owns. Questions and answers are sealed with the installation's
 * keyset: only its processes can ask, and only they can read. An answer is bound to its question.
 */
public final class QueryServer {
    private final Sealing sealing;
    private final Map<String, Queries> services = new ConcurrentHashMap<>();

    private record Queries(OwnershipLog ownership, Map<String, Query> byName) {}

    /** One kind of query: a function of a partition's store. */
    public interface Query {
        /** @throws InvalidStateStoreException if the partition is not here any more */
        byte[] answer(int partition, byte[] question);
    }

    public QueryServer(Sealing sealing) {
        this.sealing = sealing;
    }

    /** Lets a service's queries be asked. */
    public void serve(String service, OwnershipLog ownership, Map<String, Query> byName) {
        services.put(service, new Queries(ownership, Map.copyOf(byName)));
    }

    /** Adds the endpoint. */
    public void addTo(RoutesConfig routes) {
        routes.post(QueryRoute.PATTERN, this::answer);
    }

    private void answer(Context context) {
        var route = new QueryRoute(
                context.pathParam("service"), context.pathParam("query"), partition(context.pathParam("partition")));
        var queries = services.get(route.service());
        var query = queries == null ? null : queries.byName().get(route.query());
        if (queries == null || query == null || !queries.ownership().owns(route.partition())) {
            context.status(HttpStatus.MISDIRECTED_REQUEST);
            return;
        }
        if (!queries.ownership().mayAnswer(route.partition())) {
            context.status(HttpStatus.SERVICE_UNAVAILABLE);
            return;
        }
        try {
            var asked = context.bodyAsBytes();
            var question = sealing.open(asked, route.questionPlace());
            // one of before the binding asks without; who strips the header gets what the asker does not take
            var place =
                    context.header(QueryRoute.BOUND) == null ? route.unboundAnswerPlace() : route.answerPlace(asked);
            context.result(sealing.seal(query.answer(route.partition(), question), place));
        } catch (SealBrokenException e) {
            context.status(HttpStatus.FORBIDDEN);
        } catch (InvalidStateStoreException | IllegalStateException e) { // moving, or the process is being stopped
            context.status(HttpStatus.MISDIRECTED_REQUEST);
        }
    }

    private static int partition(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }
}
