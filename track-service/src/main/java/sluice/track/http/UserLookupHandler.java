package sluice.track.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.schemas.FoundUser;
import sluice.schemas.UserLookup;
import sluice.track.http.auth.Callers;
import sluice.track.token.Token;
import sluice.track.token.Tokens;

/** {@code GET /v1/users}: users by what is known of them (contract section 3). */
final class UserLookupHandler {
    private final Callers callers;
    private final UserQueries users;

    UserLookupHandler(Edge edge) {
        this.callers = edge.callers();
        this.users = edge.users();
    }

    /** The contract's answer to a query for users. */
    private record Found(
            List<Listed> users,
            @Nullable String lastEvaluatedUserId,
            @Nullable Map<String, Object> tokenPayload) {}

    /** A user in a list. */
    private record Listed(
            String userId,
            @Nullable String email,
            boolean emailVerified,
            @Nullable String phoneNumber,
            boolean phoneNumberVerified,
            @Nullable String username) {

        static Listed of(FoundUser found) {
            var profile = found.getProfile();
            return new Listed(
                    found.getUserId(),
                    profile.getEmail(),
                    Boolean.TRUE.equals(profile.getEmailVerified()),
                    profile.getPhoneNumber(),
                    Boolean.TRUE.equals(profile.getPhoneNumberVerified()),
                    profile.getUsername());
        }
    }

    void handle(Context context) {
        var tenantId = callers.backend(context);
        var call = UserLookupCall.of(context);
        var token = call.token().map(text -> callers.handedOn(tenantId, text));
        var query = query(tenantId, call, token);
        context.future(() -> users.lookUp(query)
                .thenApply(answers -> UserPage.of(answers, call.limit()))
                .thenAccept(page -> context.json(found(page, call.token().map(Tokens::claims)))));
    }

    private static UserLookup query(String tenantId, UserLookupCall call, Optional<Token> token) {
        return UserLookup.newBuilder()
                .setTenantId(tenantId)
                .setFilters(call.filters())
                .setUserId(token.map(Token::userId).orElse(null))
                .setAfter(call.after().orElse(null))
                .setLimit(call.limit())
                .build();
    }

    private static Found found(UserPage page, Optional<Map<String, Object>> tokenPayload) {
        return new Found(
                page.users().stream().map(Listed::of).toList(),
                page.lastEvaluatedUserId().orElse(null),
                tokenPayload.orElse(null));
    }
}
