package sluice.track.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sluice.runtime.audit.domain.Actor;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.seal.Sealing;
import sluice.schemas.Reply;
import sluice.schemas.UserView;
import sluice.schemas.Verification;
import sluice.schemas.VerificationMethod;
import sluice.schemas.id.UserKey;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.origin.AllowedOrigins;
import sluice.track.passkey.BrowserAnswer;
import sluice.track.passkey.PasskeyChallenge;
import sluice.track.passkey.RelyingParty;
import sluice.track.passkey.RequestOptions;
import sluice.track.passkey.UserHandle;
import sluice.track.token.Token;

/**
 * Answers with passkeys (contract section 4, passkey): to a challenge whose token the client has, or, where it has
 * none, in a sign-in that begins with the passkey, which tells who the user is.
 */
final class PasskeySignInHandler {
    private static final int DEVICE_ID_LENGTH_MAX = 256;
    private static final int CREDENTIAL_IDS_MAX = 20;

    /** At most 1023 bytes (WebAuthn Level 3, section 4, credential ID). */
    private static final Pattern CREDENTIAL_ID = Pattern.compile("[A-Za-z0-9_-]{1,1364}");

    private final Callers callers;
    private final TrackEvents trackEvents;
    private final VerifyEvents verifyEvents;
    private final UserQueries users;
    private final Sealing sealing;
    private final TokenIssue tokens;
    private final Supplier<RelyingParty> relyingParty;
    private final ConfigurationSource configuration;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    PasskeySignInHandler(Edge edge) {
        this.callers = edge.callers();
        this.trackEvents = new TrackEvents(edge);
        this.verifyEvents = new VerifyEvents(edge);
        this.users = edge.users();
        this.sealing = edge.node().sealing();
        this.tokens = edge.tokenIssue();
        this.relyingParty = edge.relyingParty();
        this.configuration = edge.node().configuration();
        this.clock = edge.clock();
    }

    private record Challenge(String challengeId) {}

    private record Options(String challengeId, RequestOptions options) {}

    /** What came of a passkey's answer. */
    private record SignedIn(
            boolean isVerified,
            @Nullable String accessToken,
            @Nullable String userId,
            @Nullable String userAuthenticatorId,
            @Nullable String username,
            @Nullable String userDisplayName,
            @Nullable String failureReason) {
        static final SignedIn NOT = failed(VerifyEvents.CODE_INVALID_OR_EXPIRED);

        static SignedIn failed(String reason) {
            return new SignedIn(false, null, null, null, null, null, reason);
        }
    }

    /** Begins a sign-in of somebody who has no token. Nothing is on the log before their passkey has answered. */
    void challenge(Context context) {
        var tenantId = callers.tenantOfClient(context);
        var action = Paths.actionCode(JsonBody.of(context).requiredText("action", UserKey.TEXT_LENGTH_MAX));
        var challenge = challenge(tenantId, action, UUID.randomUUID().toString(), null);
        context.json(new Challenge(challenge.sealed(sealing, tenantId)));
    }

    private PasskeyChallenge challenge(
            String tenantId, String actionCode, String idempotencyKey, @Nullable String userId) {
        return new PasskeyChallenge(
                PasskeyChallenge.text(PasskeyChallenge.random(random)),
                actionCode,
                idempotencyKey,
                userId,
                clock.instant().plus(tokens.lifetime(tenantId)).toEpochMilli());
    }

    /**
     * Whether a passkey that the client's device remembers is still good, for a client without a token. Nothing is said
     * of whose it is: who asks knows that, or has random bytes.
     */
    void find(Context context) {
        var tenantId = callers.tenantOfClient(context);
        var credentialIds = credentialIds(
                Optional.ofNullable(context.queryParam("credentialIds")).orElse(""));
        context.future(() -> users.havePasskey(tenantId, credentialIds).thenAccept(isHeld -> {
            if (!isHeld) throw noPasskey();
            context.json(Map.of());
        }));
    }

    private static RefusedException noPasskey() {
        return Refusal.NOT_FOUND.because("No user has this passkey.");
    }

    /** The last are the newest: the SDK notes each that it sees behind those before. */
    static List<String> credentialIds(String text) {
        var ids = Arrays.stream(text.split(","))
                .filter(CREDENTIAL_ID.asMatchPredicate())
                .toList();
        if (ids.isEmpty()) throw noPasskey();
        return ids.subList(Math.max(0, ids.size() - CREDENTIAL_IDS_MAX), ids.size());
    }

    void options(Context context) {
        var token = callers.clientIfAny(context);
        var tenantId = token.map(Token::tenantId).orElseGet(() -> callers.tenantOfClient(context));
        var challengeId = JsonBody.of(context).text("challengeId", PasskeyChallenge.ID_LENGTH_MAX);
        if (token.isPresent()) optionsFor(token.get(), context);
        else context.json(optionsFor(tenantId, challengeId));
    }

    private Options optionsFor(String tenantId, Optional<String> given) {
        var challengeId = given.orElseThrow(() ->
                JsonBody.refused("challengeId", "that of POST /v1/client/challenge, since the call has no token"));
        return new Options(challengeId, requestOptions(opened(tenantId, challengeId), Optional.empty()));
    }

    private void optionsFor(Token token, Context context) {
        var challenge = challenge(token.tenantId(), token.actionCode(), token.idempotencyKey(), token.userId());
        var challengeId = challenge.sealed(sealing, token.tenantId());
        context.future(() -> users.user(token.tenantId(), token.userId())
                .thenAccept(
                        user -> context.json(new Options(challengeId, requestOptions(challenge, Optional.of(user))))));
    }

    private RequestOptions requestOptions(PasskeyChallenge challenge, Optional<UserView> user) {
        var left = Duration.between(clock.instant(), challenge.until());
        return RequestOptions.of(
                relyingParty.get(),
                challenge,
                Math.max(0, left.toMillis()),
                user.map(each -> each.getPasskeys().values()).orElseGet(List::of));
    }

    private PasskeyChallenge opened(String tenantId, String challengeId) {
        return PasskeyChallenge.opened(sealing, tenantId, challengeId)
                .orElseThrow(() -> JsonBody.refused("challengeId", "one that Sluice gave to this tenant's client"));
    }

    void verify(Context context) {
        var token = callers.clientIfAny(context);
        var tenantId = token.map(Token::tenantId).orElseGet(() -> callers.tenantOfClient(context));
        var body = JsonBody.of(context);
        var deviceId = body.text("deviceId", DEVICE_ID_LENGTH_MAX).orElse(null);
        var challenge = opened(tenantId, body.requiredText("challengeId", PasskeyChallenge.ID_LENGTH_MAX));
        var credential = PasskeyEnrolmentHandler.credential(body, "authenticationCredential");
        var party = relyingParty
                .get()
                .framedBy(AllowedOrigins.of(configuration.newest().tenant(tenantId)));
        var answer = BrowserAnswer.assertion(challenge, party, credential, deviceId);
        var by = callers.actor(context);
        context.future(() -> (token.isPresent()
                        ? answer(by, token.get(), answer)
                        : signIn(by, tenantId, challenge, credential, answer))
                .thenAccept(context::json));
    }

    private CompletableFuture<SignedIn> answer(Actor by, Token token, BrowserAnswer answer) {
        return give(by, token, answer).thenCompose(verification -> users.user(token.tenantId(), token.userId())
                .thenApply(user -> signedIn(token, verification, user)));
    }

    private CompletableFuture<Verification> give(Actor by, Token token, BrowserAnswer answer) {
        return verifyEvents
                .give(by, token, VerificationMethod.PASSKEY, answer.json())
                .thenApply(Reply::getVerification);
    }

    /**
     * Whoever has no token costs nobody anything before they name a passkey that the user has: its id is random and
     * told to the user's own clients alone. Only then is there an action, and an attempt that counts.
     */
    private CompletableFuture<SignedIn> signIn(
            Actor by, String tenantId, PasskeyChallenge challenge, JsonNode credential, BrowserAnswer answer) {
        var userId = userId(credential);
        if (challenge.hasLapsed(clock.instant())) return CompletableFuture.completedFuture(SignedIn.NOT);
        var token = new Token(tenantId, userId, challenge.actionCode(), challenge.idempotencyKey(), Set.of());
        return users.user(tenantId, userId).thenCompose(user -> {
            if (!has(user, credential.path("rawId").asText())) {
                return CompletableFuture.completedFuture(SignedIn.NOT);
            }
            return trackEvents
                    .give(by, token)
                    .thenCompose(tracked -> give(by, token, answer))
                    .thenApply(verification -> signedIn(token, verification, user));
        });
    }

    static String userId(JsonNode credential) {
        return new UserHandle(credential.path("response").path("userHandle").asText())
                .userId()
                .filter(UserKey::isText)
                .orElseThrow(() -> JsonBody.refused(
                        "authenticationCredential.response.userHandle",
                        "what the passkey names its user by, since the call has no token"));
    }

    private static boolean has(UserView user, String credentialId) {
        return user.getPasskeys().values().stream()
                .anyMatch(passkey -> passkey.getCredentialId().equals(credentialId));
    }

    private SignedIn signedIn(Token token, Verification verification, UserView user) {
        var failure = VerifyEvents.failureReason(verification);
        if (failure != null) return SignedIn.failed(failure);
        var profile = Optional.ofNullable(user.getProfile());
        return new SignedIn(
                true,
                tokens.issue(token, null),
                token.userId(),
                verification.getAuthenticator().getAuthenticatorId(),
                profile.flatMap(each -> Optional.ofNullable(each.getUsername())).orElse(null),
                profile.flatMap(each -> Optional.ofNullable(each.getDisplayName()))
                        .orElse(null),
                null);
    }
}
