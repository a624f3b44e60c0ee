package sluice.schemas.id;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ids of users who are made up: each stands for one challenge that is nobody's until it is claimed, and is no user that
 * anybody asked for. The form is reserved, so that whoever reads a record sees it by the id alone.
 */
public final class NobodyId {
    private static final Pattern FORM =
            Pattern.compile("nobody:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private NobodyId() {}

    /** One that nobody has yet. */
    public static String random() {
        return "nobody:" + UUID.randomUUID();
    }

    /** The one of an action, the same each time, so that a call that comes again makes no second challenge (promise P2). */
    public static String of(String tenantId, String actionCode, String idempotencyKey) {
        return "nobody:" + DerivedId.of(String.join("\0", tenantId, actionCode, idempotencyKey), "nobody");
    }

    /** Whether a user is made up. */
    public static boolean is(String userId) {
        return FORM.matcher(userId).matches();
    }
}
