package sluice.rules.kafka;

import java.util.Set;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import sluice.rules.domain.LookupKey;
import sluice.rules.domain.User;
import sluice.runtime.seal.Blinding;

/**
 * The entries of the store {@code lookup}: users by keyed hashes of what they can be found by. An index, never asked
 * for the truth: an entry may name a user who has changed since, and says nothing of the value but its hash.
 */
final class Lookup {
    private static final char SEPARATOR = '\0';
    private static final char BEHIND_SEPARATOR = '\1';
    private static final String NOTHING = "";

    /** Where the store tells which key it was hashed with; no tenant's entry starts so. */
    private static final String KEY_CHECK = SEPARATOR + "key";

    private final Blinding blinding;

    Lookup(Blinding blinding) {
        this.blinding = blinding;
    }

    /**
     * Refuses a store that was hashed with another key, in which nothing would be found.
     *
     * @throws IllegalStateException if it was
     */
    void requireItsKey(ReadOnlyKeyValueStore<String, String> entries) {
        var known = entries.get(KEY_CHECK);
        if (known != null && !known.equals(keyCheck())) {
            throw new IllegalStateException("The lookup-keyset.json of this process is not the installation's");
        }
    }

    private String keyCheck() {
        return blinding.blind("key-check");
    }

    void add(KeyValueStore<String, String> entries, User user, Set<LookupKey> keys) {
        if (keys.isEmpty()) return;
        entries.putIfAbsent(KEY_CHECK, keyCheck());
        for (var key : keys) entries.put(prefix(user.tenantId(), key) + user.userId(), NOTHING);
    }

    void remove(KeyValueStore<String, String> entries, User user, Set<LookupKey> keys) {
        for (var key : keys) entries.delete(prefix(user.tenantId(), key) + user.userId());
    }

    /**
     * Reads the entries of one value, of which there are as many as users with it.
     *
     * @param after user id to go on behind; null from the first
     * @return to be closed; in the order of the user ids' UTF-8 bytes
     */
    KeyValueIterator<String, String> scan(
            ReadOnlyKeyValueStore<String, String> entries, String tenantId, LookupKey key, @Nullable String after) {
        var prefix = prefix(tenantId, key);
        var from = after == null ? prefix : prefix + after + SEPARATOR;
        return entries.range(from, prefix.substring(0, prefix.length() - 1) + BEHIND_SEPARATOR);
    }

    /** The user of an entry. */
    static String userIdOf(String entry) {
        return entry.substring(entry.lastIndexOf(SEPARATOR) + 1);
    }

    /** What the entries of one value start with, and no others: none of the parts holds the separator. */
    private String prefix(String tenantId, LookupKey key) {
        var field = key.field().name();
        return tenantId + SEPARATOR + field + SEPARATOR + blinding.blind(tenantId, field, key.value()) + SEPARATOR;
    }
}
