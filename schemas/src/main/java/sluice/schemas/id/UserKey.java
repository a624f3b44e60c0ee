package sluice.schemas.id;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Utils;

/**
 * The key of a user's records: tenantId/userId. A tenant id has no slash, so no two users share a key; no part of a
 * key or of an action's name holds NUL, which separates them in stores.
 */
public final class UserKey {
    /** UTF-16 units that a user id or an idempotency key may have. */
    public static final int TEXT_LENGTH_MAX = 256;

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private UserKey() {}

    public static String of(String tenantId, String userId) {
        return tenantId + "/" + userId;
    }

    /** Where a user's records are: what Kafka's own producer makes of the key (murmur2 of its UTF-8 bytes). */
    public static int partition(String userKey, int partitions) {
        return Utils.toPositive(Utils.murmur2(userKey.getBytes(UTF_8))) % partitions;
    }

    /** Whether this can be the id of a tenant. */
    public static boolean isTenantId(String text) {
        return CODE.matcher(text).matches();
    }

    /** Whether this can be the code of an action (contract section 2). */
    public static boolean isActionCode(String text) {
        return CODE.matcher(text).matches();
    }

    /** Whether this can be the id of a user, or an idempotency key: 1 to 256 UTF-16 units, none of them NUL. */
    public static boolean isText(String text) {
        return !text.isEmpty() && text.length() <= TEXT_LENGTH_MAX && text.indexOf('\0') < 0;
    }
}
