package sluice.rules.kafka;

import java.util.List;
import java.util.function.IntFunction;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.EnrolledAuthenticator;
import sluice.rules.domain.Grant;
import sluice.runtime.query.QueryServer;
import sluice.runtime.seal.Sealing;
import sluice.schemas.AuthenticatorQuery;
import sluice.schemas.AuthenticatorView;
import sluice.schemas.id.UserKey;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.SchemaIds;

/** A user's authenticators for their own client, as far as its token goes. */
public final class AuthenticatorsQuery implements QueryServer.Query {
    private static final AuthenticatorView NOT_ALLOWED = new AuthenticatorView(false, List.of());

    private final IntFunction<ReadOnlyKeyValueStore<String, sluice.schemas.User>> users;
    private final UserMapper mapper;
    private final AvroSerde<AuthenticatorQuery> question;
    private final AvroSerde<AuthenticatorView> answer;

    /** @param users the store of a partition */
    public AuthenticatorsQuery(
            IntFunction<ReadOnlyKeyValueStore<String, sluice.schemas.User>> users, Sealing sealing, SchemaIds ids) {
        this.users = users;
        this.mapper = new UserMapper(sealing, ids);
        this.question = new AvroSerde<>(AuthenticatorQuery.class, ids);
        this.answer = new AvroSerde<>(AuthenticatorView.class, ids);
    }

    @Override
    public byte[] answer(int partition, byte[] asked) {
        var query = question.fromBytes(asked);
        var user = users.apply(partition).get(UserKey.of(query.getTenantId(), query.getUserId()));
        return answer.toBytes(user == null ? NOT_ALLOWED : view(user, query));
    }

    private AuthenticatorView view(sluice.schemas.User read, AuthenticatorQuery query) {
        var user = mapper.toDomain(read);
        var asked = query.getGrant();
        var grant = new Grant(new ActionKey(asked.getActionCode(), asked.getIdempotencyKey()), asked.getIsInScope());
        if (!grant.mayRead(user)) return NOT_ALLOWED;
        return new AuthenticatorView(
                true,
                user.authenticators().stream()
                        .map(EnrolledAuthenticator::authenticator)
                        .map(OutcomeMapper::toAvro)
                        .toList());
    }
}
