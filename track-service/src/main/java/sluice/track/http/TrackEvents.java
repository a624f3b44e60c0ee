package sluice.track.http;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.schemas.Decision;
import sluice.schemas.TrackEvent;
import sluice.schemas.topic.Topics;
import sluice.track.log.EventLog;
import sluice.track.token.Token;

/** Gives actions to the log that begin with the user, not with a backend, which would tell more of them. */
final class TrackEvents {
    private final EventLog log;
    private final Topics topics;
    private final ConfigurationSource configuration;
    private final InstantSource clock;

    TrackEvents(Edge edge) {
        this.log = edge.log();
        this.topics = edge.node().topics();
        this.configuration = edge.node().configuration();
        this.clock = edge.clock();
    }

    /** What was decided of the token's action. */
    CompletableFuture<Decision> give(Token token) {
        var eventId = UUID.randomUUID().toString();
        var event = TrackEvent.newBuilder()
                .setEventId(eventId)
                .setTenantId(token.tenantId())
                .setUserId(token.userId())
                .setActionCode(token.actionCode())
                .setIdempotencyKey(token.idempotencyKey())
                .setReceivedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setConfigurationVersion(configuration.newest().version())
                .build();
        return log.publish(topics.trackEvents, token.userKey(), eventId, event)
                .thenApply(reply -> reply.getAction().getDecision());
    }
}
