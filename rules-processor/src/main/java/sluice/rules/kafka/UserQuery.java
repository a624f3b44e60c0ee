package sluice.rules.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import sluice.rules.domain.EnrolledAuthenticator;
import sluice.rules.domain.LiveSession;
import sluice.rules.domain.Profile;
import sluice.rules.domain.User;
import sluice.runtime.query.QueryServer;
import sluice.runtime.seal.Sealing;
import sluice.schemas.OpenCode;
import sluice.schemas.UserView;
import sluice.schemas.VerificationMethod;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.SchemaIds;

/** What is known of a user. Question: tenantId/userId in UTF-8; answer: a UserView. */
public final class UserQuery implements QueryServer.Query {
    private final IntFunction<ReadOnlyKeyValueStore<String, sluice.schemas.User>> users;
    private final UserMapper mapper;
    private final AvroSerde<UserView> answer;

    /** @param users the store of a partition */
    public UserQuery(
            IntFunction<ReadOnlyKeyValueStore<String, sluice.schemas.User>> users, Sealing sealing, SchemaIds ids) {
        this.users = users;
        this.mapper = new UserMapper(sealing, ids);
        this.answer = new AvroSerde<>(UserView.class, ids);
    }

    @Override
    public byte[] answer(int partition, byte[] question) {
        var user = users.apply(partition).get(new String(question, UTF_8));
        return answer.toBytes(
                user == null ? UserView.newBuilder().setIsEnrolled(false).build() : view(mapper.toDomain(user)));
    }

    private static UserView view(User user) {
        return new UserView(
                !user.authenticators().isEmpty(),
                profile(user.profile()),
                user.authenticators().stream()
                        .map(EnrolledAuthenticator::authenticator)
                        .map(OutcomeMapper::toAvro)
                        .toList(),
                user.sessions().stream()
                        .map(LiveSession::session)
                        .map(SessionMapper::toAvro)
                        .toList(),
                user.authenticators().stream()
                        .filter(each -> each.passkey().isPresent())
                        .collect(Collectors.toMap(
                                each -> each.authenticator().authenticatorId(),
                                each -> PasskeyMapper.credential(each.passkey().orElseThrow()))),
                user.sentCodes()
                        .accepted(VerificationMethod.EMAIL_MAGIC_LINK)
                        .map(SentCodeMapper::confirmed)
                        .orElse(null),
                user.recoveryCodes().map(codes -> codes.unspent().size()).orElse(0),
                openCodes(user));
    }

    /** A code whose address is gone is awaited no more. */
    private static List<OpenCode> openCodes(User user) {
        return user.sentCodes().newest().stream()
                .filter(code -> !code.isSpent())
                .flatMap(code -> user.addressee(code).map(to -> SentCodeMapper.open(code, to)).stream())
                .toList();
    }

    /** Of a user who was deleted, or who was only ever verified, as little is known as of one nobody has heard of. */
    private static sluice.schemas.@Nullable Profile profile(Profile profile) {
        return profile.equals(Profile.UNKNOWN) ? null : ProfileMapper.toAvro(profile);
    }
}
