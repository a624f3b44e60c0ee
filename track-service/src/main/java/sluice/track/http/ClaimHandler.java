package sluice.track.http;

import io.javalin.http.Context;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import sluice.schemas.Action;
import sluice.schemas.ActionState;
import sluice.schemas.TrackAttributes;
import sluice.schemas.UpdateAction;
import sluice.schemas.UserCommandKind;
import sluice.schemas.VerificationMethod;
import sluice.schemas.id.UserKey;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.token.Token;

/**
 * {@code POST /v1/claim}: makes a challenge a user's (contract section 3), as an action of theirs with the same code and
 * idempotency key. Each step may be taken again: a claim that was broken off is taken up by the next.
 */
final class ClaimHandler {
    private final Callers callers;
    private final TrackEvents events;
    private final UserCommands commands;
    private final UserQueries users;
    private final ActionQueries actions;
    private final TokenIssue tokens;
    private final ChallengeId ids;

    ClaimHandler(Edge edge) {
        this.callers = edge.callers();
        this.events = new TrackEvents(edge);
        this.commands = new UserCommands(edge);
        this.users = edge.users();
        this.actions = edge.actions();
        this.tokens = edge.tokenIssue();
        this.ids = new ChallengeId(edge.node().sealing());
    }

    private record Claimed(String token, VerificationMethod verificationMethod) {}

    void handle(Context context) {
        var tenantId = callers.backend(context);
        var body = JsonBody.of(context);
        var id = body.requiredText("challengeId", ChallengeId.LENGTH_MAX);
        var userId = Paths.userId(body.requiredText("userId", UserKey.TEXT_LENGTH_MAX));
        var isUnverifiedTaken = body.truth("skipVerificationCheck").orElse(false);
        var challenge = ids.named(tenantId, id);
        if (!challenge.isNobodys() && !challenge.token().userId().equals(userId)) {
            throw Refusal.INVALID_REQUEST.because("The challenge is another user's.");
        }
        var claimed = new Token(
                tenantId,
                userId,
                challenge.token().actionCode(),
                challenge.token().idempotencyKey(),
                Set.of());
        context.future(() -> actions.action(challenge.token())
                .thenCompose(found -> {
                    var isVerified = isVerified(found.orElseThrow(ChallengeId::unknown));
                    if (!isVerified && !isUnverifiedTaken) {
                        throw Refusal.INVALID_REQUEST.because("The challenge was not verified.");
                    }
                    return challenge.isNobodys()
                            ? claim(challenge.token(), claimed, isVerified)
                            : CompletableFuture.<Void>completedFuture(null);
                })
                .thenAccept(done -> context.json(new Claimed(tokens.issue(claimed, null), challenge.method()))));
    }

    private static boolean isVerified(Action action) {
        return action.getState() == ActionState.CHALLENGE_SUCCEEDED;
    }

    /** One who was verified is there until the claim is through: who comes later finds the action with its user. */
    private CompletableFuture<Void> claim(Token nobodys, Token claimed, boolean isVerified) {
        return users.user(nobodys.tenantId(), nobodys.userId())
                .thenCombine(actions.action(claimed), (user, action) -> {
                    if (isVerified && !user.getIsEnrolled() && action.isEmpty()) {
                        throw Refusal.INVALID_REQUEST.because("The challenge was claimed before.");
                    }
                    return action;
                })
                .thenCompose(checked ->
                        events.give(claimed, TrackAttributes.newBuilder().build()))
                .thenCompose(reply -> isVerified && isOpen(reply.getAction())
                        ? succeeded(claimed)
                        : CompletableFuture.<Void>completedFuture(null))
                .thenCompose(done -> commands.give(
                        commands.command(nobodys.tenantId(), nobodys.userId(), UserCommandKind.DELETE_USER)))
                .thenAccept(reply -> {});
    }

    /** What was decided otherwise for the user stays: a code that was right opens nothing that is blocked. */
    private static boolean isOpen(Action action) {
        return action.getState() == ActionState.CHALLENGE_REQUIRED;
    }

    private CompletableFuture<Void> succeeded(Token claimed) {
        var command = commands.command(claimed.tenantId(), claimed.userId(), UserCommandKind.UPDATE_ACTION);
        command.setUpdateAction(
                new UpdateAction(claimed.actionCode(), claimed.idempotencyKey(), ActionState.CHALLENGE_SUCCEEDED));
        return commands.give(command).thenAccept(reply -> {});
    }
}
