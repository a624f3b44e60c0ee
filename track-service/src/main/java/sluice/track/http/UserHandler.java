package sluice.track.http;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.schemas.Authenticator;
import sluice.schemas.UserView;
import sluice.schemas.VerificationMethod;
import sluice.track.http.auth.Callers;

/** {@code GET /v1/users/{userId}…}: what is known of a user (contract section 3). */
final class UserHandler {
    private final Callers callers;
    private final UserQueries users;
    private final ConfigurationSource configuration;

    UserHandler(Edge edge) {
        this.callers = edge.callers();
        this.users = edge.users();
        this.configuration = edge.node().configuration();
    }

    /** A user. */
    private record User(
            boolean isEnrolled,
            @Nullable String email,
            boolean emailVerified,
            @Nullable String phoneNumber,
            boolean phoneNumberVerified,
            @Nullable String username,
            Map<String, Object> custom,
            List<VerificationMethod> enrolledVerificationMethods,
            List<VerificationMethod> allowedVerificationMethods) {}

    void get(Context context) {
        var tenantId = callers.backend(context);
        var userId = Paths.userId(context);
        context.future(
                () -> users.user(tenantId, userId).thenAccept(view -> context.json(answer(view, allowed(tenantId)))));
    }

    private static User answer(UserView view, List<VerificationMethod> allowed) {
        var profile = view.getProfile();
        return new User(
                view.getIsEnrolled(),
                profile == null ? null : profile.getEmail(),
                false,
                profile == null ? null : profile.getPhoneNumber(),
                false,
                profile == null ? null : profile.getUsername(),
                Map.of(),
                view.getAuthenticators().stream()
                        .map(Authenticator::getMethod)
                        .distinct()
                        .toList(),
                allowed);
    }

    private List<VerificationMethod> allowed(String tenantId) {
        var newest = configuration.newest();
        return Arrays.stream(VerificationMethod.values())
                .filter(method -> newest.authenticator(tenantId, method).isActive())
                .toList();
    }

    void authenticators(Context context) {
        var tenantId = callers.backend(context);
        var userId = Paths.userId(context);
        context.future(() -> users.user(tenantId, userId)
                .thenAccept(view -> context.json(view.getAuthenticators().stream()
                        .map(each -> AuthenticatorAnswer.ofServer(userId, each))
                        .toList())));
    }
}
