package sluice.track.http;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.seal.Sealing;
import sluice.schemas.Reply;
import sluice.schemas.TrackAttributes;
import sluice.schemas.TrackEvent;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;
import sluice.track.log.EventLog;
import sluice.track.token.Token;

/** Tells the log what users are about to do, and finds what was decided. */
final class TrackEvents {
    private final EventLog log;
    private final Topics topics;
    private final AvroSerde<TrackAttributes> attributes;
    private final Sealing sealing;
    private final ConfigurationSource configuration;
    private final SeenActions seen;
    private final InstantSource clock;

    TrackEvents(Edge edge) {
        this.log = edge.log();
        this.topics = edge.node().topics();
        this.attributes = new AvroSerde<>(TrackAttributes.class, topics.schemaIds());
        this.sealing = edge.node().sealing();
        this.configuration = edge.node().configuration();
        this.seen = new SeenActions(edge.node().configuration(), edge.clock());
        this.clock = edge.clock();
    }

    /** Tracks the action that a token is of; one that was tracked before is the same again. */
    CompletableFuture<Reply> track(Token token, TrackAttributes told) {
        seen.note(token.tenantId(), token.actionCode());
        var event = event(token, told);
        return log.publish(topics.trackEvents, token.userKey(), event.getEventId(), event);
    }

    private TrackEvent event(Token token, TrackAttributes told) {
        var eventId = UUID.randomUUID().toString();
        var sealed = sealing.seal(attributes.toBytes(told), "track", token.tenantId(), token.userId(), eventId);
        return TrackEvent.newBuilder()
                .setEventId(eventId)
                .setTenantId(token.tenantId())
                .setUserId(token.userId())
                .setActionCode(token.actionCode())
                .setIdempotencyKey(token.idempotencyKey())
                .setReceivedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setConfigurationVersion(configuration.newest().version())
                .setSealedAttributes(ByteBuffer.wrap(sealed))
                .build();
    }
}
