package sluice.track.http;

import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.ConfigurationFollower;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.schemas.Action;
import sluice.schemas.ActionQuery;
import sluice.schemas.ActionState;
import sluice.schemas.Explanation;
import sluice.schemas.UpdateAction;
import sluice.schemas.UserCommandKind;
import sluice.schemas.VerificationMethod;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.Json;
import sluice.track.http.json.JsonBody;

/** {@code /v1/users/{userId}/actions…}: what became of a user's actions (contract section 3). */
final class ActionHandler {
    private static final Set<ActionState> STATES = EnumSet.complementOf(EnumSet.of(ActionState.UNKNOWN));

    private final Callers callers;
    private final ActionQueries actions;
    private final UserCommands commands;
    private final ConfigurationFollower configuration;
    private final DecisionAnswer answers;

    ActionHandler(Edge edge) {
        this.callers = edge.callers();
        this.actions = edge.actions();
        this.commands = new UserCommands(edge);
        this.configuration = edge.node().configuration();
        this.answers = new DecisionAnswer(
                edge.node().sealing(), edge.users(), edge.node().topics());
    }

    /** One action. */
    private record OneAction(
            ActionState state,
            String stateUpdatedAt,
            String createdAt,
            @Nullable VerificationMethod verificationMethod,
            List<DecisionAnswer.Matched> rules,
            DecisionAnswer.Output output) {

        /** @param then the configuration at the decision's version */
        static OneAction of(Action action, Explanation explanation, DecisionAnswer answers, ConfigurationView then) {
            var decision = action.getDecision();
            return new OneAction(
                    action.getState(),
                    Json.time(action.getStateUpdatedAt()),
                    Json.time(decision.getDecidedAt()),
                    action.getVerificationMethod(),
                    answers.matched(decision, then),
                    answers.output(decision, explanation, then));
        }
    }

    /** One of a user's actions. */
    private record ListedAction(
            String actionCode,
            String idempotencyKey,
            String createdAt,
            String updatedAt,
            ActionState state,
            String stateUpdatedAt,
            @Nullable VerificationMethod verificationMethod,
            @Nullable String verifiedByAuthenticatorId) {

        static ListedAction of(Action action) {
            var updatedAt = Json.time(action.getStateUpdatedAt());
            return new ListedAction(
                    action.getActionCode(),
                    action.getIdempotencyKey(),
                    Json.time(action.getDecision().getDecidedAt()),
                    updatedAt,
                    action.getState(),
                    updatedAt,
                    action.getVerificationMethod(),
                    action.getAuthenticatorId());
        }
    }

    void get(Context context) {
        var tenantId = callers.backend(context);
        var userId = Paths.userId(context);
        var actionCode = Paths.actionCode(context);
        var idempotencyKey = Paths.idempotencyKey(context);
        context.future(() -> actions.explained(tenantId, userId, actionCode, idempotencyKey)
                .thenApply(found -> found.orElseThrow(() -> Refusal.NOT_FOUND.because("The user has no such action.")))
                .thenCompose(this::answer)
                .thenAccept(context::json));
    }

    /** The action, with the rules as they were when it was decided. */
    private CompletableFuture<OneAction> answer(Action found) {
        return configuration
                .reached(found.getDecision().getConfigurationVersion())
                .thenCombine(
                        answers.explanation(found.getDecision()),
                        (then, explanation) -> OneAction.of(found, explanation, answers, then));
    }

    /** Sets a state; the backend may set any. */
    void update(Context context) {
        var tenantId = callers.backend(context);
        var command = commands.command(
                callers.actor(context), tenantId, Paths.userId(context), UserCommandKind.UPDATE_ACTION);
        var actionCode = Paths.actionCode(context);
        var idempotencyKey = Paths.idempotencyKey(context);
        var state = JsonBody.of(context)
                .oneOf("state", STATES)
                .orElseThrow(() -> JsonBody.refused("state", "an action state"));
        command.setUpdateAction(new UpdateAction(actionCode, idempotencyKey, state));
        context.future(() -> commands.give(command).thenAccept(reply -> {
            if (reply.getAction() == null) throw Refusal.NOT_FOUND.because("The user has no such action.");
            context.json(Map.of("state", reply.getAction().getState()));
        }));
    }

    void list(Context context) {
        var query = query(callers.backend(context), context);
        context.future(() -> actions.actions(query)
                .thenAccept(found ->
                        context.json(found.stream().map(ListedAction::of).toList())));
    }

    static ActionQuery query(String tenantId, Context context) {
        return ActionQuery.newBuilder()
                .setTenantId(tenantId)
                .setUserId(Paths.userId(context))
                .setCodes(codes(context.queryParam("codes")))
                .setState(state(context.queryParam("state")))
                .setFromDate(fromDate(context.queryParam("fromDate")))
                .build();
    }

    private static List<String> codes(@Nullable String text) {
        if (text == null || text.isEmpty()) return List.of();
        return Arrays.stream(text.split(",", -1)).map(Paths::actionCode).toList();
    }

    private static @Nullable ActionState state(@Nullable String text) {
        if (text == null || text.isEmpty()) return null;
        return Arrays.stream(ActionState.values())
                .filter(state -> state.name().equals(text) && state != ActionState.UNKNOWN)
                .findFirst()
                .orElseThrow(() -> Refusal.INVALID_REQUEST.because("state: expected an action state."));
    }

    private static @Nullable Instant fromDate(@Nullable String text) {
        if (text == null || text.isEmpty()) return null;
        try {
            return Json.asLogged(Instant.parse(text));
        } catch (DateTimeException e) {
            throw Refusal.INVALID_REQUEST.because(
                    "fromDate: expected an ISO 8601 time, such as 2026-01-31T00:00:00.000Z.");
        }
    }
}
