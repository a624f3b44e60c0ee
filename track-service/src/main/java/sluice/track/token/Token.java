package sluice.track.token;

import java.util.Set;
import sluice.schemas.id.UserKey;

/**
 * What a challenge token says (contract section 6): whose action it is, and what its bearer may do.
 *
 * @param scopes what was granted when the action was tracked
 */
public record Token(String tenantId, String userId, String actionCode, String idempotencyKey, Set<String> scopes) {
    /** Lets an enrolled user bind another authenticator. */
    public static final String ADD_AUTHENTICATORS = "add:authenticators";

    /** Every scope there is (contract section 2). */
    public static final Set<String> SCOPES =
            Set.of("read:authenticators", ADD_AUTHENTICATORS, "update:authenticators", "remove:authenticators");

    /** Key of the user's records on the log. */
    public String userKey() {
        return UserKey.of(tenantId, userId);
    }

    public boolean mayAddAuthenticators() {
        return scopes.contains(ADD_AUTHENTICATORS);
    }
}
