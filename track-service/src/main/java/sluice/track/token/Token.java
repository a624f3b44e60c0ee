package sluice.track.token;

import java.util.Optional;
import java.util.Set;
import sluice.schemas.id.UserKey;

/**
 * What a challenge token says (contract section 6): whose action it is, and what its bearer may do.
 *
 * @param scopes what was granted when the action was tracked
 * @param redirectUrl where the pre-built UI sends its user at the end, an http or https URL; only the token inside a
 *     track answer's {@code url} has it
 * @param locale of the user as the track call told it, for the pre-built UI and for mails
 * @param isForSettings whether the pre-built UI shows the user's authenticators; likewise in the {@code url} alone
 */
public record Token(
        String tenantId,
        String userId,
        String actionCode,
        String idempotencyKey,
        Set<String> scopes,
        Optional<String> redirectUrl,
        Optional<String> locale,
        boolean isForSettings) {
    /** Lets users see which authenticators they have. */
    public static final String READ_AUTHENTICATORS = "read:authenticators";

    /** Lets users choose the authenticator to offer first. */
    public static final String UPDATE_AUTHENTICATORS = "update:authenticators";

    /** Lets users remove authenticators. */
    public static final String REMOVE_AUTHENTICATORS = "remove:authenticators";

    /** Lets an enrolled user bind another authenticator. */
    public static final String ADD_AUTHENTICATORS = "add:authenticators";

    /** Every scope there is (contract section 2). */
    public static final Set<String> SCOPES =
            Set.of(READ_AUTHENTICATORS, ADD_AUTHENTICATORS, UPDATE_AUTHENTICATORS, REMOVE_AUTHENTICATORS);

    /** A token that no page has to read. */
    public Token(String tenantId, String userId, String actionCode, String idempotencyKey, Set<String> scopes) {
        this(tenantId, userId, actionCode, idempotencyKey, scopes, Optional.empty(), Optional.empty(), false);
    }

    /** The same token for the pre-built UI, which goes there at the end. */
    public Token redirectingTo(Optional<String> url) {
        return new Token(tenantId, userId, actionCode, idempotencyKey, scopes, url, locale, isForSettings);
    }

    /** The same token for a user who is spoken to in that language, if it can be. */
    public Token speaking(Optional<String> language) {
        return new Token(tenantId, userId, actionCode, idempotencyKey, scopes, redirectUrl, language, isForSettings);
    }

    /** The same token for the pre-built UI, which shows the user's authenticators or not. */
    public Token openingSettings(boolean isWanted) {
        return new Token(tenantId, userId, actionCode, idempotencyKey, scopes, redirectUrl, locale, isWanted);
    }

    /** The same token with these scopes and no others. */
    public Token granting(Set<String> granted) {
        return new Token(tenantId, userId, actionCode, idempotencyKey, granted, redirectUrl, locale, isForSettings);
    }

    /** The same token for another user's action of the same code and idempotency key. */
    public Token ofUser(String another) {
        return new Token(tenantId, another, actionCode, idempotencyKey, scopes, redirectUrl, locale, isForSettings);
    }

    /** Key of the user's records on the log. */
    public String userKey() {
        return UserKey.of(tenantId, userId);
    }

    public boolean mayAddAuthenticators() {
        return has(ADD_AUTHENTICATORS);
    }

    public boolean has(String scope) {
        return scopes.contains(scope);
    }
}
