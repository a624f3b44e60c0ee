package sluice.rules.kafka;

import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import sluice.rules.domain.LookupKey;
import sluice.rules.domain.User;
import sluice.runtime.query.QueryServer;
import sluice.runtime.seal.Blinding;
import sluice.runtime.seal.Sealing;
import sluice.schemas.LookupField;
import sluice.schemas.UserLookup;
import sluice.schemas.id.UserKey;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.SchemaIds;

/**
 * Whether anybody of a partition has one of some passkeys. Question: a UserLookup, each of whose filters is a credential
 * id; answer: one byte, 1 or 0, so that who asks learns nothing of whose it is. Thread-safe.
 */
public final class PasskeyQuery implements QueryServer.Query {
    /** Passkeys asked for at once; what comes after them is not looked at. */
    public static final int ASKED_MAX = 20;

    private final IntFunction<ReadOnlyKeyValueStore<String, String>> entries;
    private final IntFunction<ReadOnlyKeyValueStore<String, sluice.schemas.User>> users;
    private final Lookup lookup;
    private final UserMapper mapper;
    private final AvroSerde<UserLookup> question;

    /**
     * @param entries the index of a partition
     * @param users the users of a partition
     */
    public PasskeyQuery(
            IntFunction<ReadOnlyKeyValueStore<String, String>> entries,
            IntFunction<ReadOnlyKeyValueStore<String, sluice.schemas.User>> users,
            Sealing sealing,
            Blinding blinding,
            SchemaIds ids) {
        this.entries = entries;
        this.users = users;
        this.lookup = new Lookup(blinding);
        this.mapper = new UserMapper(sealing, ids);
        this.question = new AvroSerde<>(UserLookup.class, ids);
    }

    @Override
    public byte[] answer(int partition, byte[] bytes) {
        var query = question.fromBytes(bytes);
        var isHeld = UserKey.isTenantId(query.getTenantId())
                && query.getFilters().stream()
                        .limit(ASKED_MAX)
                        .filter(filter -> filter.getField() == LookupField.CREDENTIAL_ID)
                        .flatMap(filter -> LookupKey.of(filter.getField(), filter.getValue()).stream())
                        .anyMatch(key -> isHeld(partition, query.getTenantId(), key));
        return new byte[] {(byte) (isHeld ? 1 : 0)};
    }

    /** By the users' records: an entry may be from before. A passkey has one user, save where two share a made-up id. */
    private boolean isHeld(int partition, String tenantId, LookupKey key) {
        var store = users.apply(partition);
        try (var hits = lookup.scan(entries.apply(partition), tenantId, key, null)) {
            for (var lookedAt = 0; hits.hasNext() && lookedAt < ASKED_MAX; lookedAt++) {
                var user = store.get(UserKey.of(tenantId, Lookup.userIdOf(hits.next().key)));
                if (Optional.ofNullable(user)
                        .map(mapper::toDomain)
                        .filter(each -> has(each, key))
                        .isPresent()) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean has(User user, LookupKey key) {
        return LookupKey.allOf(user).contains(key);
    }
}
