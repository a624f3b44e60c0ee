package sluice.track.http;

import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import sluice.runtime.audit.domain.Actor;
import sluice.schemas.Action;
import sluice.schemas.ActionState;
import sluice.schemas.TrackAttributes;
import sluice.schemas.UserView;
import sluice.schemas.VerificationMethod;
import sluice.schemas.id.NobodyId;
import sluice.schemas.id.UserKey;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.mail.EmailAddress;
import sluice.track.message.Wording;
import sluice.track.token.Token;

/**
 * Challenges that a backend sends and has answered itself (contract section 3, challenge and verify): a code to an
 * address, perhaps before it is known whose it is. Each is an action like any other. One that is nobody's yet is the
 * action of a user made up for it.
 */
final class ChallengeHandler {
    private static final Set<VerificationMethod> METHODS =
            EnumSet.of(VerificationMethod.EMAIL_OTP, VerificationMethod.SMS, VerificationMethod.WHATSAPP);
    private static final VerificationMethod EMAIL = VerificationMethod.EMAIL_OTP;
    private static final String ACTION = "challenge";

    /** The backend answers for the address: its word stands for the scope that a client takes to bind one. */
    private static final Set<String> BACKEND = Set.of(Token.ADD_AUTHENTICATORS);

    private static final int SHORT = 256;

    private final Callers callers;
    private final TrackEvents events;
    private final EmailCodes codes;
    private final VerifyEvents answers;
    private final UserQueries users;
    private final ActionQueries actions;
    private final ChallengeId ids;

    ChallengeHandler(Edge edge) {
        this.callers = edge.callers();
        this.events = new TrackEvents(edge);
        this.codes = new EmailCodes(edge);
        this.answers = new VerifyEvents(edge);
        this.users = edge.users();
        this.actions = edge.actions();
        this.ids = new ChallengeId(edge.node().sealing());
    }

    /** @param expiresAt in seconds since the epoch */
    private record Started(String challengeId, String idempotencyKey, long expiresAt) {}

    private record Verified(
            boolean isVerified,
            String email,
            VerificationMethod verificationMethod,
            @Nullable String failureReason) {}

    /**
     * What a backend wants sent.
     *
     * @param challenge to be; its address is not settled yet where none was given
     */
    record Call(ChallengeId.Named challenge, TrackAttributes moment, Optional<EmailAddress> email) {
        static Call of(String tenantId, JsonBody body) {
            if (body.oneOf("verificationMethod", METHODS).orElse(EMAIL) != EMAIL) {
                throw Refusal.INVALID_CONFIGURATION.because("Only EMAIL_OTP can be sent.");
            }
            var userId = body.text("userId", UserKey.TEXT_LENGTH_MAX).map(Paths::userId);
            var email = body.text("email", EmailAddress.LENGTH_MAX).map(any -> EmailHandler.address(body));
            if (userId.isEmpty() && email.isEmpty()) throw JsonBody.refused("email", "an address, or a userId");
            var moment = TrackCall.moment(body).build();
            var challenge = new ChallengeId.Named(
                    token(tenantId, userId, body)
                            .speaking(Optional.ofNullable(moment.getLocale()).filter(Wording::isLocale)),
                    EMAIL,
                    email.map(EmailAddress::text).orElse(""),
                    userId.isEmpty(),
                    ChallengeId.Origin.of(moment));
            return new Call(challenge, moment, email);
        }

        private static Token token(String tenantId, Optional<String> userId, JsonBody body) {
            var action = body.text("action", SHORT).map(Paths::actionCode).orElse(ACTION);
            var key = body.text("idempotencyKey", UserKey.TEXT_LENGTH_MAX).map(Paths::idempotencyKey);
            var user = userId.or(() -> key.map(known -> NobodyId.of(tenantId, action, known)));
            return new Token(
                    tenantId,
                    user.orElseGet(NobodyId::random),
                    action,
                    key.orElseGet(() -> UUID.randomUUID().toString()),
                    TrackCall.scopes(body));
        }
    }

    /** {@code POST /v1/challenge}. With a {@code challengeId}, another code for that challenge. */
    void start(Context context) {
        var tenantId = callers.backend(context);
        var body = JsonBody.of(context);
        var known = body.text("challengeId", ChallengeId.LENGTH_MAX).map(id -> ids.open(tenantId, id)
                .orElseThrow(() -> JsonBody.refused("challengeId", "the id of a challenge")));
        var call = known.isPresent() ? null : Call.of(tenantId, body);
        var by = callers.actor(context);
        context.future(
                () -> (call == null ? again(by, known.orElseThrow()) : started(by, call)).thenAccept(context::json));
    }

    private CompletableFuture<Started> started(Actor by, Call call) {
        return events.give(by, call.challenge().token(), call.moment()).thenCompose(reply -> {
            var action = reply.getAction();
            requireOpen(action);
            return sent(by, call)
                    .thenApply(sent -> started(action, call.challenge().sentTo(sent.address())));
        });
    }

    /** To the address given, else to the one that the user is challenged by, else to the one in their profile. */
    private CompletableFuture<EmailCodes.Sent> sent(Actor by, Call call) {
        var token = call.challenge().token().granting(BACKEND);
        if (call.email().isPresent())
            return codes.enroll(by, token, EMAIL, call.email().get());
        return users.user(token.tenantId(), token.userId()).thenCompose(user -> {
            var isEnrolled = user.getAuthenticators().stream().anyMatch(each -> each.getMethod() == EMAIL);
            return isEnrolled ? codes.send(by, token, EMAIL) : codes.enroll(by, token, EMAIL, ofProfile(user));
        });
    }

    private static EmailAddress ofProfile(UserView user) {
        return Optional.ofNullable(user.getProfile())
                .flatMap(profile -> Optional.ofNullable(profile.getEmail()))
                .flatMap(EmailAddress::of)
                .orElseThrow(() -> Refusal.INVALID_REQUEST.because("The user has no address for e-mail."));
    }

    private CompletableFuture<Started> again(Actor by, ChallengeId.Named challenge) {
        var token = challenge.token();
        return actions.action(token).thenCompose(found -> {
            var action = found.orElseThrow(ChallengeId::unknown);
            requireOpen(action);
            return codes.send(by, token, challenge.method())
                    .thenApply(sent -> started(action, challenge.sentTo(sent.address())));
        });
    }

    private Started started(Action action, ChallengeId.Named challenge) {
        return new Started(ids.of(challenge), challenge.token().idempotencyKey(), expiresAt(action));
    }

    private static void requireOpen(Action action) {
        if (!isOpen(action)) {
            throw Refusal.INVALID_REQUEST.because("The action is no open challenge: " + action.getState() + ".");
        }
    }

    static boolean isOpen(Action action) {
        return action.getState() == ActionState.CHALLENGE_REQUIRED;
    }

    /** In seconds since the epoch. */
    static long expiresAt(Action action) {
        var reopenedUntil = action.getExpiresAt();
        var expiresAt = reopenedUntil == null ? action.getDecision().getExpiresAt() : reopenedUntil;
        return expiresAt == null ? action.getStateUpdatedAt().getEpochSecond() : expiresAt.getEpochSecond();
    }

    /** {@code POST /v1/verify}. */
    void verify(Context context) {
        var tenantId = callers.backend(context);
        var body = JsonBody.of(context);
        var id = body.requiredText("challengeId", ChallengeId.LENGTH_MAX);
        var code = Verifications.code(body);
        var challenge = ids.named(tenantId, id);
        var by = callers.actor(context);
        context.future(() -> answers.give(by, challenge.token(), challenge.method(), code)
                .thenAccept(reply -> {
                    var failureReason = VerifyEvents.failureReason(reply.getVerification());
                    context.json(
                            new Verified(failureReason == null, challenge.email(), challenge.method(), failureReason));
                }));
    }
}
