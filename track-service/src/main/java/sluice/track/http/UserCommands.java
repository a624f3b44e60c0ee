package sluice.track.http;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.schemas.ClientGrant;
import sluice.schemas.Reply;
import sluice.schemas.UserCommand;
import sluice.schemas.UserCommandKind;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topics;
import sluice.track.log.EventLog;
import sluice.track.token.Token;

/** Gives commands about users to the log, and finds what came of them. */
final class UserCommands {
    private final EventLog log;
    private final Topics topics;
    private final ConfigurationSource configuration;
    private final InstantSource clock;

    UserCommands(Edge edge) {
        this.log = edge.log();
        this.topics = edge.node().topics();
        this.configuration = edge.node().configuration();
        this.clock = edge.clock();
    }

    /** A new command, received now; its details are still to be set. */
    UserCommand command(String tenantId, String userId, UserCommandKind kind) {
        return UserCommand.newBuilder()
                .setEventId(UUID.randomUUID().toString())
                .setTenantId(tenantId)
                .setUserId(userId)
                .setReceivedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setConfigurationVersion(configuration.newest().version())
                .setKind(kind)
                .build();
    }

    /** What a client's token says of its right; the rules processor judges it. */
    static ClientGrant grant(Token token, String scope) {
        return new ClientGrant(token.actionCode(), token.idempotencyKey(), token.has(scope));
    }

    CompletableFuture<Reply> give(UserCommand command) {
        var userKey = UserKey.of(command.getTenantId(), command.getUserId());
        return log.publish(topics.userCommands, userKey, command.getEventId(), command);
    }
}
