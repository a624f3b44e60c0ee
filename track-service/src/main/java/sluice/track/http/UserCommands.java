package sluice.track.http;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import sluice.runtime.audit.ActorMapper;
import sluice.runtime.audit.domain.Actor;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.seal.Sealing;
import sluice.schemas.ClientGrant;
import sluice.schemas.CommandRefusal;
import sluice.schemas.EnrollAuthenticator;
import sluice.schemas.Reply;
import sluice.schemas.UserChange;
import sluice.schemas.UserCommand;
import sluice.schemas.UserCommandKind;
import sluice.schemas.VerificationMethod;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topics;
import sluice.track.log.EventLog;
import sluice.track.token.Token;

/** Gives commands about users to the log, and finds what came of them. */
final class UserCommands {
    private final EventLog log;
    private final Topics topics;
    private final ConfigurationSource configuration;
    private final Sealing sealing;
    private final TokenIssue tokens;
    private final InstantSource clock;

    UserCommands(Edge edge) {
        this.log = edge.log();
        this.topics = edge.node().topics();
        this.configuration = edge.node().configuration();
        this.sealing = edge.node().sealing();
        this.tokens = edge.tokenIssue();
        this.clock = edge.clock();
    }

    /**
     * A new command, received now; its details are still to be set.
     *
     * @param by who gives it
     */
    UserCommand command(Actor by, String tenantId, String userId, UserCommandKind kind) {
        return UserCommand.newBuilder()
                .setEventId(UUID.randomUUID().toString())
                .setTenantId(tenantId)
                .setUserId(userId)
                .setReceivedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setConfigurationVersion(configuration.newest().version())
                .setKind(kind)
                .setBy(ActorMapper.toAvro(by))
                .build();
    }

    /**
     * Seals what goes with a command.
     *
     * @param kind what it is
     * @param id of what it belongs to
     */
    ByteBuffer sealed(UserCommand command, byte[] plain, String kind, String id) {
        return ByteBuffer.wrap(
                sealing.sealFor(command.getReceivedAt(), plain, kind, command.getTenantId(), command.getUserId(), id));
    }

    /** What a client's token says of its right; the rules processor judges it. */
    static ClientGrant grant(Token token, String scope) {
        return new ClientGrant(token.actionCode(), token.idempotencyKey(), token.has(scope));
    }

    /**
     * The beginning of an enrolment for a token's action.
     *
     * @param by who begins it
     * @param secret what the answers of the method are checked with
     */
    UserCommand enrolment(Actor by, Token token, VerificationMethod method, byte[] secret) {
        var authenticatorId = UUID.randomUUID().toString();
        var command = command(by, token.tenantId(), token.userId(), UserCommandKind.ENROLL_AUTHENTICATOR);
        var sealed = sealed(command, secret, "secret", authenticatorId);
        command.setEnrollAuthenticator(new EnrollAuthenticator(
                authenticatorId,
                method,
                sealed,
                token.actionCode(),
                token.idempotencyKey(),
                token.mayAddAuthenticators(),
                command.getReceivedAt().plus(tokens.lifetime(token))));
        return command;
    }

    /**
     * Gives a command that may be refused. One that asks for what was done before is not: SDKs repeat calls.
     *
     * @param refused what to tell of a refusal
     * @return what has changed
     */
    CompletableFuture<UserChange> carryOut(
            UserCommand command, Function<CommandRefusal, ? extends RuntimeException> refused) {
        return give(command).thenApply(reply -> {
            var change = reply.getUserChange();
            var refusal = change.getRefusal();
            if (refusal != null && refusal != CommandRefusal.ALREADY_DONE) throw refused.apply(refusal);
            return change;
        });
    }

    CompletableFuture<Reply> give(UserCommand command) {
        var userKey = UserKey.of(command.getTenantId(), command.getUserId());
        return log.publish(topics.userCommands, userKey, command.getEventId(), command);
    }
}
