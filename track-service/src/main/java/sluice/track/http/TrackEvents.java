package sluice.track.http;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import sluice.runtime.audit.ActorMapper;
import sluice.runtime.audit.domain.Actor;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.seal.Sealing;
import sluice.schemas.Reply;
import sluice.schemas.TrackAttributes;
import sluice.schemas.TrackEvent;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;
import sluice.track.enrich.Enricher;
import sluice.track.log.EventLog;
import sluice.track.token.Token;

/** Gives to the log what users are about to do, and finds what was decided; one given before is the same again. */
final class TrackEvents {
    private final EventLog log;
    private final Topics topics;
    private final AvroSerde<TrackAttributes> attributes;
    private final Sealing sealing;
    private final ConfigurationSource configuration;
    private final SeenActions seen;
    private final Enricher enricher;
    private final InstantSource clock;

    TrackEvents(Edge edge) {
        this.log = edge.log();
        this.topics = edge.node().topics();
        this.attributes = new AvroSerde<>(TrackAttributes.class, topics.schemaIds());
        this.sealing = edge.node().sealing();
        this.configuration = edge.node().configuration();
        this.seen = new SeenActions(edge.node().configuration(), edge.clock());
        this.enricher = edge.enricher();
        this.clock = edge.clock();
    }

    /**
     * An action that a backend tells of.
     *
     * @param by who tells
     * @param told what it says of it; enriched by this with what its address and user agent tell, and what users share them
     */
    CompletableFuture<Reply> give(Actor by, Token token, TrackAttributes told) {
        var eventId = UUID.randomUUID().toString();
        seen.note(token.tenantId(), token.actionCode(), new Author(by, Optional.of(eventId)));
        var receivedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        enricher.enrich(token.tenantId(), told, receivedAt);
        var sealed = sealing.sealFor(
                receivedAt, attributes.toBytes(told), "track", token.tenantId(), token.userId(), eventId);
        return publish(by, token, eventId, receivedAt, ByteBuffer.wrap(sealed));
    }

    /** An action that begins with the user, of which nobody tells more. Its code is not noted: anybody can make one up. */
    CompletableFuture<Reply> give(Actor by, Token token) {
        return publish(by, token, UUID.randomUUID().toString(), clock.instant().truncatedTo(ChronoUnit.MILLIS), null);
    }

    private CompletableFuture<Reply> publish(
            Actor by, Token token, String eventId, Instant receivedAt, @Nullable ByteBuffer sealed) {
        var event = TrackEvent.newBuilder()
                .setEventId(eventId)
                .setTenantId(token.tenantId())
                .setUserId(token.userId())
                .setActionCode(token.actionCode())
                .setIdempotencyKey(token.idempotencyKey())
                .setReceivedAt(receivedAt)
                .setConfigurationVersion(configuration.newest().version())
                .setSealedAttributes(sealed)
                .setBy(ActorMapper.toAvro(by))
                .build();
        return log.publish(topics.trackEvents, token.userKey(), eventId, event);
    }
}
