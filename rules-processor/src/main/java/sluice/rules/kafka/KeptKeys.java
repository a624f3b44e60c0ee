package sluice.rules.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Epoch;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.PersonalKey;
import sluice.schemas.id.UserKey;

/**
 * The keys that users' events are readable with when the keys of their epochs are gone: one of each user for each epoch in
 * which the user came. A user who is deleted loses all of them, and gets none again for the epoch in which that was: what
 * came before the deletion has the same key as what comes after it.
 */
final class KeptKeys {
    /** Clocks of two ingresses may be so far apart: what was sealed before the deletion may name the epoch after it. */
    static final Duration SKEW = Duration.ofMinutes(1);

    /** A segment of the log goes when its youngest record is old enough: Kafka closes one after a week. */
    static final Duration SEGMENT = Duration.ofDays(8);

    /** What a key is sealed for, beside tenant, user and the epoch's id. */
    private static final String SEALED_FOR = "personal-key";

    /** So many keys are known to be there without a look. */
    private static final int NOTED_MAX = 10_000;

    private final Sealing sealing;
    private final Duration retention;
    private final KeyValueStore<String, PersonalKey> store;
    private final Set<String> noted = new HashSet<>();

    /** @param retention after which what an epoch's key opens is gone from the log */
    KeptKeys(Sealing sealing, Duration retention, KeyValueStore<String, PersonalKey> store) {
        this.sealing = sealing;
        this.retention = retention;
        this.store = store;
    }

    /**
     * Keeps the user's key of the epoch of a moment, if there is one and it was not lost.
     *
     * @param isNew whether the user has no record: then there are no older keys to look for, and a look is dear
     */
    void keep(String tenantId, String userId, Instant at, boolean isNew) {
        var epoch = sealing.personalKeys().at(tenantId, userId, at);
        if (epoch.isEmpty()) return;
        var name = name(tenantId, userId, epoch.get());
        if (noted.contains(name)) return;
        if (store.get(name) == null) {
            if (!isNew) forget(tenantId, userId, at.minus(retention).minus(SEGMENT));
            sealing.personalKeys()
                    .key(tenantId, userId, epoch.get().id())
                    .ifPresent(key -> store.put(name, kept(tenantId, userId, epoch.get(), key)));
        }
        if (noted.size() >= NOTED_MAX) noted.clear();
        noted.add(name);
    }

    private PersonalKey kept(String tenantId, String userId, Epoch epoch, byte[] key) {
        var sealed = new Sealed(sealing.seal(key, SEALED_FOR, tenantId, userId, id(epoch)));
        return new PersonalKey(epoch.from(), epoch.to(), sealed.buffer());
    }

    private void forget(String tenantId, String userId, Instant before) {
        for (var each : all(tenantId, userId)) {
            if (each.value.getTo().isBefore(before)) store.delete(each.key);
        }
    }

    /** Removes every key of the user; where the epoch's own is there still, it is noted that none is to be kept. */
    void erase(String tenantId, String userId, Instant at) {
        var last = at.plus(SKEW);
        for (var each : all(tenantId, userId)) {
            if (!each.value.getFrom().isAfter(last)) store.delete(each.key);
            mark(tenantId, userId, each.value.getFrom(), last);
        }
        mark(tenantId, userId, at, last);
        mark(tenantId, userId, last, last);
    }

    private void mark(String tenantId, String userId, Instant within, Instant last) {
        sealing.personalKeys()
                .at(tenantId, userId, within)
                .filter(epoch -> !epoch.from().isAfter(last))
                .ifPresent(epoch ->
                        store.put(name(tenantId, userId, epoch), new PersonalKey(epoch.from(), epoch.to(), null)));
    }

    private List<KeyValue<String, PersonalKey>> all(String tenantId, String userId) {
        var user = UserKey.of(tenantId, userId);
        var found = new ArrayList<KeyValue<String, PersonalKey>>();
        try (var each = store.range(user + '\0', user + '\1')) { // NUL is in no id
            each.forEachRemaining(found::add);
        }
        return found;
    }

    /**
     * A key that was kept.
     *
     * @param name its record's: tenantId/userId, NUL, the epoch's id
     */
    static byte[] opened(Sealing sealing, String name, ByteBuffer sealed) {
        var slash = name.indexOf('/');
        var end = name.indexOf('\0');
        return sealing.open(
                Sealed.of(sealed).bytes(),
                SEALED_FOR,
                name.substring(0, slash),
                name.substring(slash + 1, end),
                name.substring(end + 1));
    }

    private static String name(String tenantId, String userId, Epoch epoch) {
        return UserKey.of(tenantId, userId) + '\0' + id(epoch);
    }

    private static String id(Epoch epoch) {
        return Integer.toUnsignedString(epoch.id());
    }
}
