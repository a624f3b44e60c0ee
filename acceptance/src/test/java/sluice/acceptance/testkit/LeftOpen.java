package sluice.acceptance.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import sluice.rules.kafka.RecordedKeys;
import sluice.runtime.Node;
import sluice.runtime.erasure.EpochKeys;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.SealBrokenException;
import sluice.runtime.seal.Sealing;
import sluice.schemas.wire.ReleasedSchemas;

/**
 * All that the keys of an installation open, on all its topics: every sealed field, tried for every kind of thing and
 * every id that its record names. Of a compacted topic the newest of a key counts, as after compaction.
 */
public final class LeftOpen {
    private static final List<String> KINDS = List.of(
            "track",
            "verify",
            "user-update",
            "contact",
            "secret",
            "recovery-codes",
            "explanation",
            "profile",
            "history",
            "throttle",
            "passkey",
            "personal-key");

    private static final int NO_SCHEMA = 0;

    private final Node node;
    private final ReleasedSchemas schemas = ReleasedSchemas.load();
    private final Map<String, List<String>> opened = new HashMap<>();

    private LeftOpen(Node node) {
        this.node = node;
    }

    /** What opens now, as text, behind the name of its topic; by user, tenantId/userId. */
    public static Map<String, List<String>> of(Node node) throws Exception {
        var left = new LeftOpen(node);
        var keyset = Keyset.openExisting(node.settings().dataDirectory());
        try (var epochs = EpochKeys.start(node.topics().epochKeys, node.kafka(), keyset)) {
            keyset.use(epochs);
            var sealing = new ArrayList<Sealing>();
            for (var partition = 0; partition < node.topics().partitions(); partition++) {
                sealing.add(RecordedKeys.sealing(node.kafka(), node.topics(), partition, any -> true, keyset));
            }
            for (var topic : node.admin().listTopics().names().get()) {
                if (topic.startsWith(node.topics().prefix())) left.read(topic, sealing);
            }
        }
        return left.opened;
    }

    private void read(String topic, List<Sealing> sealing) throws Exception {
        for (var record : kept(topic)) {
            if (record.value() == null || record.key() == null || record.key().indexOf('/') < 0) continue;
            var with = record.partition() < sealing.size() ? sealing.get(record.partition()) : sealing.get(0);
            open(topic, record.key().replaceFirst("\0.*", ""), record.value(), with);
        }
    }

    private List<ConsumerRecord<String, byte[]>> kept(String topic) throws Exception {
        var all = Outcomes.of(node.kafka().client(), topic);
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var isCompacted = node.admin().describeConfigs(List.of(resource)).all().get().values().stream()
                .anyMatch(config ->
                        config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value().contains("compact"));
        if (!isCompacted) return all;
        var newest = new LinkedHashMap<String, ConsumerRecord<String, byte[]>>();
        all.forEach(record -> newest.put(record.key(), record));
        return List.copyOf(newest.values());
    }

    private void open(String topic, String userKey, byte[] value, Sealing sealing) throws IOException {
        if (value.length < 5 || value[0] != 0) return;
        // An aggregate's store of ids keeps plain offsets, of eight bytes, the first of which are zeros.
        if (ByteBuffer.wrap(value).getInt(1) == NO_SCHEMA) return;
        var schema = schemas.schemaOf(ByteBuffer.wrap(value).getInt(1));
        var decoder = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
        var fields = new Fields();
        fields.add(new GenericDatumReader<IndexedRecord>(schema).read(null, decoder));
        for (var sealed : fields.bytes) {
            for (var kind : KINDS) {
                for (var id : fields.texts) {
                    opened(sealing, sealed, kind, userKey, id)
                            .ifPresent(text -> opened.computeIfAbsent(userKey, any -> new ArrayList<>())
                                    .add(topic + ": " + text));
                }
            }
        }
    }

    private static Optional<String> opened(Sealing sealing, byte[] sealed, String kind, String userKey, String id) {
        var slash = userKey.indexOf('/');
        var tenant = userKey.substring(0, slash);
        var user = userKey.substring(slash + 1);
        var place = id.isEmpty() ? new String[] {kind, tenant, user} : new String[] {kind, tenant, user, id};
        try {
            return Optional.of(new String(sealing.open(sealed, place), UTF_8));
        } catch (SealBrokenException e) {
            return openedRepeatable(sealing, sealed, place);
        }
    }

    private static Optional<String> openedRepeatable(Sealing sealing, byte[] sealed, String... place) {
        try {
            return Optional.of(new String(sealing.openRepeatable(sealed, place), UTF_8));
        } catch (SealBrokenException e) {
            return Optional.empty();
        }
    }

    /** All bytes and all texts of a record, at any depth. */
    private static final class Fields {
        private final List<byte[]> bytes = new ArrayList<>();
        private final Set<String> texts = new HashSet<>(Set.of(""));

        private void add(Object value) {
            if (value instanceof IndexedRecord record) {
                for (var i = 0; i < record.getSchema().getFields().size(); i++) add(record.get(i));
            }
            if (value instanceof Iterable<?> many) many.forEach(this::add);
            if (value instanceof Map<?, ?> many) many.values().forEach(this::add);
            if (value instanceof CharSequence text) texts.add(text.toString());
            if (value instanceof ByteBuffer buffer) {
                var copy = new byte[buffer.remaining()];
                buffer.duplicate().get(copy);
                bytes.add(copy);
            }
        }
    }
}
