package sluice.track.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import sluice.runtime.query.QueryClient;
import sluice.schemas.AuthenticatorQuery;
import sluice.schemas.AuthenticatorView;
import sluice.schemas.ClientGrant;
import sluice.schemas.FoundUsers;
import sluice.schemas.LookupField;
import sluice.schemas.LookupFilter;
import sluice.schemas.UserLookup;
import sluice.schemas.UserView;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;
import sluice.track.token.Token;

/** Asks the rules processor's owners what is known of users. */
public final class UserQueries {
    private static final String SERVICE = "rules-processor";
    private static final String QUERY = "user";
    private static final String AUTHENTICATORS = "authenticators";
    private static final String LOOKUP = "lookup";
    private static final String PASSKEY = "passkey";
    private static final String PERSONAL_KEY = "personal-key";

    private final QueryClient client;
    private final AvroSerde<UserView> answer;
    private final AvroSerde<AuthenticatorQuery> authenticatorsQuestion;
    private final AvroSerde<AuthenticatorView> authenticatorsAnswer;
    private final AvroSerde<UserLookup> lookup;
    private final AvroSerde<FoundUsers> found;

    public UserQueries(QueryClient client, Topics topics) {
        this.client = client;
        this.answer = new AvroSerde<>(UserView.class, topics.schemaIds());
        this.lookup = new AvroSerde<>(UserLookup.class, topics.schemaIds());
        this.found = new AvroSerde<>(FoundUsers.class, topics.schemaIds());
        this.authenticatorsQuestion = new AvroSerde<>(AuthenticatorQuery.class, topics.schemaIds());
        this.authenticatorsAnswer = new AvroSerde<>(AuthenticatorView.class, topics.schemaIds());
    }

    /** What is known of a user; of an unknown one, that they are not enrolled. */
    public CompletableFuture<UserView> user(String tenantId, String userId) {
        var userKey = UserKey.of(tenantId, userId);
        return client.ask(SERVICE, QUERY, userKey, userKey.getBytes(UTF_8)).thenApply(answer::fromBytes);
    }

    /** Users by what is known of them, from every owner; of one user alone, from theirs. */
    CompletableFuture<List<FoundUsers>> lookUp(UserLookup query) {
        var question = lookup.toBytes(query);
        var answers = query.getUserId() == null
                ? client.askAll(SERVICE, LOOKUP, question)
                : client.ask(SERVICE, LOOKUP, UserKey.of(query.getTenantId(), query.getUserId()), question)
                        .thenApply(List::of);
        return answers.thenApply(all -> all.stream().map(found::fromBytes).toList());
    }

    /** Whether any user of the tenant's has one of these passkeys. */
    CompletableFuture<Boolean> havePasskey(String tenantId, List<String> credentialIds) {
        var query = UserLookup.newBuilder()
                .setTenantId(tenantId)
                .setFilters(credentialIds.stream()
                        .map(id -> new LookupFilter(LookupField.CREDENTIAL_ID, id))
                        .toList())
                .setLimit(1)
                .build();
        return client.askAll(SERVICE, PASSKEY, lookup.toBytes(query))
                .thenApply(all -> all.stream().anyMatch(answer -> answer[0] == 1));
    }

    /**
     * A user's key of an epoch that is over.
     *
     * @param epoch its id
     * @return empty if the user was deleted since
     */
    CompletableFuture<Optional<byte[]>> personalKey(String tenantId, String userId, int epoch) {
        var userKey = UserKey.of(tenantId, userId);
        var question = (userKey + '\0' + Integer.toUnsignedString(epoch)).getBytes(UTF_8);
        return client.ask(SERVICE, PERSONAL_KEY, userKey, question)
                .thenApply(key -> key.length == 0 ? Optional.empty() : Optional.of(key));
    }

    /** The authenticators of a token's user, if the token may see them. */
    CompletableFuture<AuthenticatorView> authenticators(Token token, ClientGrant grant) {
        var question = new AuthenticatorQuery(token.tenantId(), token.userId(), grant);
        return client.ask(SERVICE, AUTHENTICATORS, token.userKey(), authenticatorsQuestion.toBytes(question))
                .thenApply(authenticatorsAnswer::fromBytes);
    }
}
