package sluice.track.http;

import io.javalin.http.Context;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import sluice.runtime.audit.domain.Actor;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.seal.Sealing;
import sluice.schemas.UpdateUser;
import sluice.schemas.UserCommand;
import sluice.schemas.UserCommandKind;
import sluice.schemas.UserUpdate;
import sluice.schemas.wire.AvroSerde;
import sluice.track.http.auth.Callers;

/** {@code /v1/users/{userId}…}: what is known of a user (contract section 3). */
final class UserHandler {
    private final Callers callers;
    private final UserQueries users;
    private final UserCommands commands;
    private final AvroSerde<UserUpdate> updates;
    private final Sealing sealing;
    private final ConfigurationSource configuration;
    private final PasskeyAnswers passkeys;

    UserHandler(Edge edge) {
        this.callers = edge.callers();
        this.users = edge.users();
        this.commands = new UserCommands(edge);
        this.updates = new AvroSerde<>(UserUpdate.class, edge.node().topics().schemaIds());
        this.sealing = edge.node().sealing();
        this.configuration = edge.node().configuration();
        this.passkeys = edge.passkeys();
    }

    void get(Context context) {
        var tenantId = callers.backend(context);
        var userId = Paths.userId(context);
        context.future(() -> answer(tenantId, userId).thenAccept(context::json));
    }

    private CompletableFuture<UserAnswer> answer(String tenantId, String userId) {
        return users.user(tenantId, userId).thenApply(view -> UserAnswer.of(tenantId, view, configuration.newest()));
    }

    /** Answers with what a query then finds, so that no profile travels with the reply. */
    void update(Context context) {
        var tenantId = callers.backend(context);
        var userId = Paths.userId(context);
        var command = updateCommand(callers.actor(context), tenantId, userId, UserUpdateCall.of(context));
        context.future(() -> commands.give(command)
                .thenCompose(reply -> answer(tenantId, userId))
                .thenAccept(context::json));
    }

    private UserCommand updateCommand(Actor by, String tenantId, String userId, UserUpdate update) {
        var command = commands.command(by, tenantId, userId, UserCommandKind.UPDATE_USER);
        command.setUpdateUser(
                new UpdateUser(commands.sealed(command, updates.toBytes(update), "user-update", command.getEventId())));
        return command;
    }

    void delete(Context context) {
        var tenantId = callers.backend(context);
        var command =
                commands.command(callers.actor(context), tenantId, Paths.userId(context), UserCommandKind.DELETE_USER);
        context.future(() -> commands.give(command).thenAccept(reply -> context.json(Map.of())));
    }

    void authenticators(Context context) {
        var tenantId = callers.backend(context);
        var userId = Paths.userId(context);
        context.future(() -> users.user(tenantId, userId)
                .thenAccept(view -> context.json(view.getAuthenticators().stream()
                        .map(each -> AuthenticatorAnswer.ofServer(sealing, tenantId, userId, each)
                                .holding(view.getPasskeys().get(each.getAuthenticatorId()), passkeys))
                        .toList())));
    }
}
