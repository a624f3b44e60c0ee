package sluice.track.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Predicate.not;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.Action;
import sluice.schemas.OpenCode;
import sluice.schemas.VerificationMethod;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.mail.EmailAddress;
import sluice.track.token.Token;

/** {@code GET /v1/challenges}: a challenge by its id, or the one that awaits a code of a user (contract section 3). */
final class ChallengeLookupHandler {
    private final Callers callers;
    private final UserQueries users;
    private final ActionQueries actions;
    private final Sealing sealing;
    private final ChallengeId ids;

    ChallengeLookupHandler(Edge edge) {
        this.callers = edge.callers();
        this.users = edge.users();
        this.actions = edge.actions();
        this.sealing = edge.node().sealing();
        this.ids = new ChallengeId(sealing);
    }

    /** @param expiresAt in seconds since the epoch */
    private record Known(
            String challengeId, long expiresAt, VerificationMethod verificationMethod, String email, String action) {}

    /** What it has to be; what is absent may be anything. */
    record Wanted(
            Optional<String> challengeId,
            Optional<String> userId,
            Optional<String> action,
            Optional<VerificationMethod> method) {

        static Wanted of(Context context) {
            var wanted = new Wanted(
                    text(context, "challengeId"),
                    text(context, "userId").map(Paths::userId),
                    text(context, "action").map(Paths::actionCode),
                    text(context, "verificationMethod").map(Wanted::method));
            if (wanted.challengeId.isEmpty() && wanted.userId.isEmpty()) {
                throw ChallengeId.unknown();
            }
            return wanted;
        }

        private static Optional<String> text(Context context, String name) {
            return Optional.ofNullable(context.queryParam(name)).filter(not(String::isEmpty));
        }

        private static VerificationMethod method(String name) {
            return Arrays.stream(VerificationMethod.values())
                    .filter(each ->
                            each != VerificationMethod.UNKNOWN && each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> JsonBody.refused("verificationMethod", "the name of a method"));
        }

        boolean is(ChallengeId.Named challenge) {
            var token = challenge.token();
            return isAny(userId, token.userId())
                    && isAny(action, token.actionCode())
                    && isAny(method, challenge.method());
        }

        private static <T> boolean isAny(Optional<T> wanted, T found) {
            return wanted.filter(not(found::equals)).isEmpty();
        }
    }

    void get(Context context) {
        var tenantId = callers.backend(context);
        var wanted = Wanted.of(context);
        context.future(() -> wanted.challengeId()
                .map(id -> known(id, ids.named(tenantId, id), wanted))
                .orElseGet(() -> awaited(tenantId, wanted))
                .thenAccept(found -> context.json(found.orElseThrow(ChallengeId::unknown))));
    }

    private CompletableFuture<Optional<Known>> known(String id, ChallengeId.Named challenge, Wanted wanted) {
        if (!wanted.is(challenge)) throw ChallengeId.unknown();
        return actions.action(challenge.token()).thenApply(found -> found.map(action -> known(id, challenge, action)));
    }

    private static Known known(String id, ChallengeId.Named challenge, Action action) {
        return new Known(
                id,
                ChallengeHandler.expiresAt(action),
                challenge.method(),
                challenge.email(),
                challenge.token().actionCode());
    }

    /** A user has one code at a time that a backend can answer with. */
    private CompletableFuture<Optional<Known>> awaited(String tenantId, Wanted wanted) {
        var userId = wanted.userId().orElseThrow();
        return users.user(tenantId, userId).thenCompose(user -> user.getOpenCodes().stream()
                .filter(code -> code.getMethod() == VerificationMethod.EMAIL_OTP)
                .map(code -> challenge(tenantId, userId, code))
                .filter(wanted::is)
                .findFirst()
                .map(this::awaited)
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
    }

    private CompletableFuture<Optional<Known>> awaited(ChallengeId.Named challenge) {
        return actions.action(challenge.token()).thenApply(found -> found.filter(ChallengeHandler::isOpen)
                .map(action -> known(ids.of(challenge), challenge, action)));
    }

    /** Which scopes it was asked for with, and where it came from, is in the id that its call was answered with alone. */
    private ChallengeId.Named challenge(String tenantId, String userId, OpenCode code) {
        var token = new Token(tenantId, userId, code.getActionCode(), code.getIdempotencyKey(), Set.of());
        var contact = Sealed.of(code.getSealedContact()).bytes();
        var address = sealing.open(contact, "contact", tenantId, userId, code.getAuthenticatorId());
        return ChallengeId.Named.ofUser(token, code.getMethod()).sentTo(new EmailAddress(new String(address, UTF_8)));
    }
}
