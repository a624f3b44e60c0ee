package sluice.track.http;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.seal.Sealing;
import sluice.schemas.Decision;
import sluice.schemas.Reply;
import sluice.schemas.TrackAttributes;
import sluice.schemas.TrackEvent;
import sluice.schemas.VerificationMethod;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;
import sluice.track.enrich.Enricher;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.log.EventLog;
import sluice.track.message.Wording;
import sluice.track.origin.AllowedOrigins;
import sluice.track.token.Token;

/** {@code POST /v1/users/{userId}/actions/{action}}: what a user is about to do (contract section 3, track). */
final class TrackHandler {
    private final Callers callers;
    private final EventLog log;
    private final Topics topics;
    private final AvroSerde<TrackAttributes> attributes;
    private final Sealing sealing;
    private final ConfigurationSource configuration;
    private final SeenActions seen;
    private final Enricher enricher;
    private final TokenIssue tokens;
    private final InstantSource clock;

    TrackHandler(Edge edge) {
        this.callers = edge.callers();
        this.log = edge.log();
        this.topics = edge.node().topics();
        this.attributes = new AvroSerde<>(TrackAttributes.class, topics.schemaIds());
        this.sealing = edge.node().sealing();
        this.configuration = edge.node().configuration();
        this.seen = new SeenActions(edge.node().configuration(), edge.clock());
        this.enricher = edge.enricher();
        this.tokens = edge.tokenIssue();
        this.clock = edge.clock();
    }

    /** The contract's answer to a track call. */
    private record Tracked(
            String idempotencyKey,
            String state,
            String url,
            String token,
            boolean isEnrolled,
            List<VerificationMethod> enrolledVerificationMethods,
            List<VerificationMethod> allowedVerificationMethods,
            @Nullable VerificationMethod defaultVerificationMethod,
            List<String> ruleIds) {}

    void handle(Context context) {
        var tenantId = callers.backend(context);
        var call = TrackCall.of(context);
        requireAllowedRedirect(tenantId, call);
        seen.note(tenantId, call.actionCode());
        enricher.enrich(call.attributes());
        var event = event(tenantId, call);
        var token = new Token(tenantId, call.userId(), call.actionCode(), call.idempotencyKey(), call.scopes());
        context.future(() -> log.publish(topics.trackEvents, token.userKey(), event.getEventId(), event)
                .thenAccept(reply -> context.json(answer(reply, token, call))));
    }

    /** The page must not lead to just any site, not even where a backend passes on what it was given. */
    private void requireAllowedRedirect(String tenantId, TrackCall call) {
        var url = call.attributes().getRedirectUrl();
        if (url == null) return;
        var allowed = AllowedOrigins.of(configuration.newest().tenant(tenantId));
        if (!allowed.allow(url)) throw JsonBody.refused("redirectUrl", "a URL of one of the tenant's allowedOrigins");
    }

    private TrackEvent event(String tenantId, TrackCall call) {
        var eventId = UUID.randomUUID().toString();
        var sealed = sealing.seal(attributes.toBytes(call.attributes()), "track", tenantId, call.userId(), eventId);
        return TrackEvent.newBuilder()
                .setEventId(eventId)
                .setTenantId(tenantId)
                .setUserId(call.userId())
                .setActionCode(call.actionCode())
                .setIdempotencyKey(call.idempotencyKey())
                .setReceivedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setConfigurationVersion(configuration.newest().version())
                .setSealedAttributes(ByteBuffer.wrap(sealed))
                .build();
    }

    private Tracked answer(Reply reply, Token token, TrackCall call) {
        Decision decision = reply.getAction().getDecision();
        return new Tracked(
                decision.getIdempotencyKey(),
                decision.getState().name(),
                tokens.url(token.redirectingTo(
                                Optional.ofNullable(call.attributes().getRedirectUrl()))
                        .speaking(Optional.ofNullable(call.attributes().getLocale())
                                .filter(Wording::isLocale))
                        .openingSettings(call.isForSettings())),
                tokens.issue(token, call.attributes().getUsername()),
                decision.getIsEnrolled(),
                decision.getEnrolledVerificationMethods(),
                decision.getAllowedVerificationMethods(),
                decision.getDefaultVerificationMethod(),
                decision.getRuleIds());
    }
}
