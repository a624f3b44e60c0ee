package sluice.track.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.schemas.Decision;
import sluice.schemas.Reply;
import sluice.schemas.VerificationMethod;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.message.Wording;
import sluice.track.origin.AllowedOrigins;
import sluice.track.token.Token;

/** {@code POST /v1/users/{userId}/actions/{action}}: what a user is about to do (contract section 3, track). */
final class TrackHandler {
    private final Callers callers;
    private final TrackEvents events;
    private final ConfigurationSource configuration;
    private final TokenIssue tokens;

    TrackHandler(Edge edge) {
        this.callers = edge.callers();
        this.events = new TrackEvents(edge);
        this.configuration = edge.node().configuration();
        this.tokens = edge.tokenIssue();
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
        var token = new Token(tenantId, call.userId(), call.actionCode(), call.idempotencyKey(), call.scopes());
        var by = callers.actor(context);
        context.future(() -> events.give(by, token, call.attributes())
                .thenAccept(reply -> context.json(answer(reply, token, call))));
    }

    /** The page must not lead to just any site, not even where a backend passes on what it was given. */
    private void requireAllowedRedirect(String tenantId, TrackCall call) {
        var url = call.attributes().getRedirectUrl();
        if (url == null) return;
        var allowed = AllowedOrigins.of(configuration.newest().tenant(tenantId));
        if (!allowed.allow(url)) throw JsonBody.refused("redirectUrl", "a URL of one of the tenant's allowedOrigins");
    }

    private Tracked answer(Reply reply, Token token, TrackCall call) {
        Decision decision = reply.getAction().getDecision();
        var locale = Optional.ofNullable(call.attributes().getLocale()).filter(Wording::isLocale);
        var spoken = token.speaking(locale);
        return new Tracked(
                decision.getIdempotencyKey(),
                decision.getState().name(),
                tokens.url(spoken.redirectingTo(
                                Optional.ofNullable(call.attributes().getRedirectUrl()))
                        .openingSettings(call.isForSettings())),
                tokens.issue(spoken, call.attributes().getUsername()),
                decision.getIsEnrolled(),
                decision.getEnrolledVerificationMethods(),
                decision.getAllowedVerificationMethods(),
                decision.getDefaultVerificationMethod(),
                decision.getRuleIds());
    }
}
