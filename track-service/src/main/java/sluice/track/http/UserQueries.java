package sluice.track.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.CompletableFuture;
import sluice.runtime.query.QueryClient;
import sluice.schemas.UserView;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;

/** Asks the rules processor's owner of a user what is known of the user. */
final class UserQueries {
    private static final String SERVICE = "rules-processor";
    private static final String QUERY = "user";

    private final QueryClient client;
    private final AvroSerde<UserView> answer;

    UserQueries(QueryClient client, Topics topics) {
        this.client = client;
        this.answer = new AvroSerde<>(UserView.class, topics.schemaIds());
    }

    /** What is known of a user; of an unknown one, that they are not enrolled. */
    CompletableFuture<UserView> user(String tenantId, String userId) {
        var userKey = UserKey.of(tenantId, userId);
        return client.ask(SERVICE, QUERY, userKey, userKey.getBytes(UTF_8)).thenApply(answer::fromBytes);
    }
}
