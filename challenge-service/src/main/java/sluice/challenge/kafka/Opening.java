package sluice.challenge.kafka;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.runtime.kafka.MalformedEventException;
import sluice.schemas.Decision;
import sluice.schemas.UserChange;
import sluice.schemas.UserChangeKind;
import sluice.schemas.Verification;
import sluice.schemas.id.UserKey;

/**
 * Makes sound events of the records on the log, or throws {@link MalformedEventException}. Topics are public: anybody
 * may have written there.
 */
final class Opening {
    private Opening() {}

    /** Null for a tombstone, which says nothing. */
    static @Nullable Incoming decision(@Nullable String key, @Nullable Decision read) {
        if (read == null) return null;
        var decision = sound("decision", () -> EventMapper.toDomain(read));
        requireKey(key, read.getTenantId(), read.getUserId());
        return new Incoming.Decided(decision);
    }

    /** Null for a tombstone, which says nothing. */
    static @Nullable Incoming verification(@Nullable String key, @Nullable Verification read) {
        if (read == null) return null;
        var verification = sound("verification", () -> EventMapper.toDomain(read));
        requireKey(key, read.getTenantId(), read.getUserId());
        return new Incoming.Verified(verification);
    }

    /** Null for a tombstone, which says nothing. */
    static @Nullable Incoming userChange(@Nullable String key, @Nullable UserChange read) {
        if (read == null) return null;
        requireKey(key, read.getTenantId(), read.getUserId());
        var isSound = UserKey.isTenantId(read.getTenantId())
                && UserKey.isText(read.getUserId())
                && UserKey.isText(read.getCauseId())
                && read.getKind() != UserChangeKind.UNKNOWN;
        if (!isSound) throw new MalformedEventException("No sound user change");
        if (read.getKind() != UserChangeKind.ACTION_UPDATED) return new Incoming.Changed(read);
        return new Incoming.Updated(sound("update", () -> EventMapper.toDomain(read)));
    }

    private static <T> T sound(String what, Supplier<T> mapping) {
        try {
            return mapping.get();
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException("No sound " + what, e);
        }
    }

    private static void requireKey(@Nullable String key, String tenantId, String userId) {
        if (!UserKey.of(tenantId, userId).equals(key)) {
            throw new MalformedEventException("An event that is not under its user's key");
        }
    }
}
