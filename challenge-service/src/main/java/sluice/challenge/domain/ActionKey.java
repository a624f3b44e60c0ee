package sluice.challenge.domain;

import sluice.schemas.id.UserKey;

/**
 * Names an action.
 *
 * @param actionCode what the user is about to do
 * @param idempotencyKey which time
 */
public record ActionKey(String tenantId, String userId, String actionCode, String idempotencyKey) {

    public ActionKey {
        if (!UserKey.isTenantId(tenantId)) throw new IllegalArgumentException("Not a tenant id");
        if (!UserKey.isText(userId)) throw new IllegalArgumentException("Not a user id");
        if (!UserKey.isActionCode(actionCode)) throw new IllegalArgumentException("Not an action code");
        if (!UserKey.isText(idempotencyKey)) throw new IllegalArgumentException("Not an idempotency key");
    }

    /** Key of the user's records: tenantId/userId. */
    public String userKey() {
        return UserKey.of(tenantId, userId);
    }
}
