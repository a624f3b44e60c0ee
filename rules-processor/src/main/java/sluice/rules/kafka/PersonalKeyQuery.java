package sluice.rules.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.IntFunction;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import sluice.runtime.query.QueryServer;
import sluice.runtime.seal.Sealing;
import sluice.schemas.PersonalKey;

/**
 * A user's key of an epoch that is over, for an ingress that is asked for what was sealed then. The question is tenantId/
 * userId, NUL and the epoch's id; the answer the key, or nothing where it is gone.
 */
public final class PersonalKeyQuery implements QueryServer.Query {
    private static final byte[] GONE = {};

    private final IntFunction<ReadOnlyKeyValueStore<String, PersonalKey>> keys;
    private final Sealing sealing;

    /** @param keys the store of a partition */
    public PersonalKeyQuery(IntFunction<ReadOnlyKeyValueStore<String, PersonalKey>> keys, Sealing sealing) {
        this.keys = keys;
        this.sealing = sealing;
    }

    @Override
    public byte[] answer(int partition, byte[] asked) {
        var name = new String(asked, UTF_8);
        var kept = keys.apply(partition).get(name);
        return kept == null || kept.getSealedKey() == null ? GONE : KeptKeys.opened(sealing, name, kept.getSealedKey());
    }
}
