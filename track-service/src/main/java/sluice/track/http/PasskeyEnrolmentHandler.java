package sluice.track.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Setting.Tenant;
import sluice.schemas.Reply;
import sluice.schemas.UserChangeKind;
import sluice.schemas.UserView;
import sluice.schemas.Verification;
import sluice.schemas.VerificationMethod;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.Json;
import sluice.track.http.json.JsonBody;
import sluice.track.origin.AllowedOrigins;
import sluice.track.passkey.BrowserAnswer;
import sluice.track.passkey.CreationOptions;
import sluice.track.passkey.PasskeyChallenge;
import sluice.track.passkey.RelyingParty;
import sluice.track.passkey.UserHandle;
import sluice.track.token.Token;

/** {@code /v1/client/user-authenticators/passkey…}: binds passkeys (contract section 4, passkey). */
final class PasskeyEnrolmentHandler {
    private static final int USERNAME_LENGTH_MAX = 256;
    private static final int CREDENTIAL_LENGTH_MAX = 32 * 1024;
    private static final int ID_LENGTH_MAX = 64;
    private static final Set<String> ATTACHMENTS = Set.of("platform", "cross-platform");

    private final Callers callers;
    private final UserCommands commands;
    private final VerifyEvents verifyEvents;
    private final UserQueries users;
    private final ConfigurationSource configuration;
    private final TokenIssue tokens;
    private final Supplier<RelyingParty> relyingParty;
    private final PasskeyAnswers passkeys;
    private final SecureRandom random = new SecureRandom();

    PasskeyEnrolmentHandler(Edge edge) {
        this.callers = edge.callers();
        this.commands = new UserCommands(edge);
        this.verifyEvents = new VerifyEvents(edge);
        this.users = edge.users();
        this.configuration = edge.node().configuration();
        this.tokens = edge.tokenIssue();
        this.relyingParty = edge.relyingParty();
        this.passkeys = edge.passkeys();
    }

    /** @param challengeId the enrolment, which the passkey is to finish */
    private record Options(String challengeId, CreationOptions options) {}

    /** What came of a new passkey. */
    private record Bound(
            boolean isVerified,
            @Nullable String accessToken,
            @Nullable String userAuthenticatorId,
            @Nullable String userId,
            @Nullable AuthenticatorAnswer userAuthenticator,
            @Nullable String failureReason) {}

    /** What the user's client wants of the passkey to be. */
    record Wish(Optional<String> username, Optional<String> attachment) {
        static Wish of(JsonBody body) {
            return new Wish(
                    body.text("username", USERNAME_LENGTH_MAX).filter(name -> !name.isEmpty()),
                    body.text("authenticatorAttachment", ID_LENGTH_MAX).map(Wish::attachment));
        }

        private static String attachment(String text) {
            if (ATTACHMENTS.contains(text)) return text;
            throw JsonBody.refused("authenticatorAttachment", "platform or cross-platform");
        }
    }

    void options(Context context) {
        var token = callers.client(context);
        var wish = Wish.of(JsonBody.of(context));
        var handle = UserHandle.of(token.userId())
                .orElseThrow(() -> Refusal.INVALID_REQUEST.because(
                        "A passkey names its user in " + UserHandle.BYTES_MAX + " bytes; this user id takes more."));
        var challenge = PasskeyChallenge.random(random);
        var by = callers.actor(context);
        context.future(() -> commands.give(commands.enrolment(by, token, VerificationMethod.PASSKEY, challenge))
                .thenApply(PasskeyEnrolmentHandler::started)
                .thenCompose(authenticatorId -> users.user(token.tenantId(), token.userId())
                        .thenApply(
                                user -> new Options(authenticatorId, creation(token, user, handle, wish, challenge))))
                .thenAccept(context::json));
    }

    private static String started(Reply reply) {
        var change = reply.getUserChange();
        if (change.getKind() != UserChangeKind.ENROLMENT_STARTED)
            throw EnrolmentRefusal.of(change.getRefusal(), "passkeys");
        return change.getAuthenticator().getAuthenticatorId();
    }

    private CreationOptions creation(Token token, UserView user, UserHandle handle, Wish wish, byte[] challenge) {
        var name = configuration
                .newest()
                .tenant(token.tenantId())
                .map(Tenant::name)
                .orElse(token.tenantId());
        var known =
                Optional.ofNullable(user.getProfile()).flatMap(profile -> Optional.ofNullable(profile.getUsername()));
        return CreationOptions.of(
                relyingParty.get(),
                name,
                handle,
                wish.username().or(() -> known).orElse(token.userId()),
                challenge,
                tokens.lifetime(token),
                user.getPasskeys().values(),
                wish.attachment().orElse(null));
    }

    void finish(Context context) {
        var token = callers.client(context);
        var body = JsonBody.of(context);
        var answer = BrowserAnswer.registration(
                body.requiredText("challengeId", ID_LENGTH_MAX),
                body.truth("conditionalCreate").orElse(false),
                relyingParty
                        .get()
                        .framedBy(AllowedOrigins.of(configuration.newest().tenant(token.tenantId()))),
                credential(body, "registrationCredential"),
                context.userAgent());
        var by = callers.actor(context);
        context.future(() -> verifyEvents
                .give(by, token, VerificationMethod.PASSKEY, answer.json())
                .thenCompose(reply -> bound(token, reply.getVerification()))
                .thenAccept(context::json));
    }

    /** What a browser made, which only the processor reads. */
    static JsonNode credential(JsonBody body, String field) {
        var credential = body.value(field)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> JsonBody.refused(field, "the object that the browser's WebAuthn call gave"));
        if (Json.text(credential).length() > CREDENTIAL_LENGTH_MAX) {
            throw JsonBody.refused(field, "at most " + CREDENTIAL_LENGTH_MAX + " characters");
        }
        return credential;
    }

    /** The passkey is not in the verification, which is on a topic: a query tells of it. */
    private CompletableFuture<Bound> bound(Token token, Verification verification) {
        var failure = VerifyEvents.failureReason(verification);
        if (failure != null) {
            return CompletableFuture.completedFuture(new Bound(false, null, null, null, null, failure));
        }
        var authenticator = verification.getAuthenticator();
        return users.user(token.tenantId(), token.userId())
                .thenApply(user -> new Bound(
                        true,
                        tokens.issue(token, null),
                        authenticator.getAuthenticatorId(),
                        token.userId(),
                        AuthenticatorAnswer.ofClient(authenticator)
                                .holding(user.getPasskeys().get(authenticator.getAuthenticatorId()), passkeys),
                        null));
    }
}
