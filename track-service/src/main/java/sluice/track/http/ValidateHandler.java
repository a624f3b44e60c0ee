package sluice.track.http;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import sluice.schemas.Action;
import sluice.schemas.ActionState;
import sluice.schemas.VerificationMethod;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.Json;
import sluice.track.http.json.JsonBody;
import sluice.track.token.BadTokenException;
import sluice.track.token.Token;
import sluice.track.token.Tokens;

/** {@code POST /v1/validate}: did it succeed? (contract section 3, validate) */
final class ValidateHandler {
    private static final int TOKEN_LENGTH_MAX = 8192;

    private final Callers callers;
    private final Tokens tokens;
    private final ActionQueries actions;

    ValidateHandler(Edge edge) {
        this.callers = edge.callers();
        this.tokens = edge.tokens();
        this.actions = edge.actions();
    }

    /** The contract's answer to a validate call; the Java SDK reads the action from {@code actionCode}. */
    private record Validated(
            boolean isValid,
            @Nullable ActionState state,
            @Nullable String stateUpdatedAt,
            @Nullable String userId,
            @Nullable String action,
            @Nullable String actionCode,
            @Nullable String idempotencyKey,
            @Nullable VerificationMethod verificationMethod,
            @Nullable String error) {

        static Validated not(String why) {
            return new Validated(false, null, null, null, null, null, null, null, why);
        }
    }

    void handle(Context context) {
        var tenantId = callers.backend(context);
        var body = JsonBody.of(context);
        var text = body.requiredText("token", TOKEN_LENGTH_MAX);
        var action = body.text("action", TOKEN_LENGTH_MAX);
        var userId = body.text("userId", TOKEN_LENGTH_MAX);
        context.future(() -> validate(tenantId, text, action, userId).thenAccept(context::json));
    }

    private CompletableFuture<Validated> validate(
            String tenantId, String text, Optional<String> action, Optional<String> userId) {
        Token token;
        try {
            token = tokens.check(text);
        } catch (BadTokenException e) {
            return CompletableFuture.completedFuture(Validated.not(e.description()));
        }
        if (!token.tenantId().equals(tenantId))
            return CompletableFuture.completedFuture(Validated.not("The token is invalid."));
        if (action.map(given -> !given.equals(token.actionCode())).orElse(false)) {
            return CompletableFuture.completedFuture(Validated.not("The token belongs to another action."));
        }
        if (userId.map(given -> !given.equals(token.userId())).orElse(false)) {
            return CompletableFuture.completedFuture(Validated.not("The token belongs to another user."));
        }
        return actions.action(token).thenApply(found -> found.map(ValidateHandler::answer)
                .orElseGet(() -> Validated.not("The action is not known.")));
    }

    /** Whether an action in this state lets the user go on (contract section 3, validate). */
    static boolean hasSucceeded(ActionState state) {
        return state == ActionState.CHALLENGE_SUCCEEDED || state == ActionState.ALLOW;
    }

    private static Validated answer(Action action) {
        var state = action.getState();
        return new Validated(
                hasSucceeded(state),
                state,
                Json.time(action.getStateUpdatedAt()),
                action.getUserId(),
                action.getActionCode(),
                action.getActionCode(),
                action.getIdempotencyKey(),
                action.getVerificationMethod(),
                null);
    }
}
