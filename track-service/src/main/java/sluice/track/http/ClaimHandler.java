package sluice.track.http;

import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;
import sluice.runtime.audit.domain.Actor;
import sluice.schemas.Action;
import sluice.schemas.ActionState;
import sluice.schemas.ClaimChallenge;
import sluice.schemas.CommandRefusal;
import sluice.schemas.TrackAttributes;
import sluice.schemas.UpdateAction;
import sluice.schemas.UserChange;
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
    private final ActionQueries actions;
    private final TokenIssue tokens;
    private final ChallengeId ids;

    ClaimHandler(Edge edge) {
        this.callers = edge.callers();
        this.events = new TrackEvents(edge);
        this.commands = new UserCommands(edge);
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
        var claimed = challenge.token().ofUser(userId);
        var by = callers.actor(context);
        context.future(() -> (challenge.isNobodys()
                        ? claim(by, challenge, claimed, isUnverifiedTaken)
                        : own(challenge, claimed, isUnverifiedTaken))
                .thenAccept(done -> context.json(new Claimed(tokens.issue(claimed, null), challenge.method()))));
    }

    /** What was the user's from the beginning. */
    private CompletableFuture<Void> own(ChallengeId.Named challenge, Token claimed, boolean isUnverifiedTaken) {
        if (!challenge.token().userId().equals(claimed.userId())) {
            throw Refusal.INVALID_REQUEST.because("The challenge is another user's.");
        }
        return actions.action(claimed).thenAccept(found -> {
            var isVerified = found.orElseThrow(ChallengeId::unknown).getState() == ActionState.CHALLENGE_SUCCEEDED;
            if (!isVerified && !isUnverifiedTaken) throw refused(CommandRefusal.CHALLENGE_NOT_VERIFIED);
        });
    }

    /** Who gets it, and whether it was verified by then, is decided by the owner of the made-up user, in one order. */
    private CompletableFuture<Void> claim(
            Actor by, ChallengeId.Named challenge, Token claimed, boolean isUnverifiedTaken) {
        var nobodys = challenge.token();
        var command = commands.command(by, nobodys.tenantId(), nobodys.userId(), UserCommandKind.CLAIM_CHALLENGE);
        command.setClaimChallenge(new ClaimChallenge(
                nobodys.actionCode(), nobodys.idempotencyKey(), claimed.userId(), isUnverifiedTaken));
        return commands.carryOut(command, ClaimHandler::refused)
                .thenCompose(change -> events.give(by, claimed, moment(challenge))
                        .thenCompose(reply -> isVerified(change) && isOpen(reply.getAction())
                                ? succeeded(by, claimed)
                                : CompletableFuture.<Void>completedFuture(null)));
    }

    private static boolean isVerified(UserChange change) {
        return change.getActionUpdate().getState() == ActionState.CHALLENGE_SUCCEEDED;
    }

    private static TrackAttributes moment(ChallengeId.Named challenge) {
        var origin = challenge.origin();
        return TrackAttributes.newBuilder()
                .setIpAddress(origin.ipAddress().orElse(null))
                .setUserAgent(origin.userAgent().orElse(null))
                .setDeviceId(origin.deviceId().orElse(null))
                .setLocale(challenge.token().locale().orElse(null))
                .build();
    }

    private static RefusedException refused(CommandRefusal refusal) {
        return switch (refusal) {
            case CHALLENGE_NOT_VERIFIED -> Refusal.INVALID_REQUEST.because("The challenge was not verified.");
            case CHALLENGE_CLAIMED -> Refusal.INVALID_REQUEST.because("The challenge was claimed before.");
            default -> ChallengeId.unknown();
        };
    }

    /** What was decided otherwise for the user stays: a code that was right opens nothing that is blocked. */
    private static boolean isOpen(Action action) {
        return action.getState() == ActionState.CHALLENGE_REQUIRED;
    }

    private CompletableFuture<Void> succeeded(Actor by, Token claimed) {
        var command = commands.command(by, claimed.tenantId(), claimed.userId(), UserCommandKind.UPDATE_ACTION);
        command.setUpdateAction(
                new UpdateAction(claimed.actionCode(), claimed.idempotencyKey(), ActionState.CHALLENGE_SUCCEEDED));
        return commands.give(command).thenAccept(reply -> {});
    }
}
