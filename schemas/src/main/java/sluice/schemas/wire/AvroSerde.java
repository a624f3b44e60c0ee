package sluice.schemas.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import sluice.schemas.Owner;

/**
 * Writes and reads one kind of Avro record in the Confluent wire format: byte 0, the schema's id in four bytes, most
 * significant first, then Avro binary. A record written with another released version of the schema is read into the
 * current one. Thread-safe.
 *
 * @param <T> the record
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
    private static final byte MAGIC = 0;
    private static final int HEADER_BYTES = 5;

    /** Buffers of a thread, kept for its next record; a stream thread writes several for each event. */
    private static final ThreadLocal<Buffers> BUFFERS = ThreadLocal.withInitial(Buffers::new);

    static {
        // Avro makes objects only of classes that it was told to trust (since 1.12.1): those of the contract are.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> type.getPackage() == Owner.class.getPackage()));
    }

    private final Schema schema;
    private final SchemaIds ids;
    private final SpecificData model;
    private final SpecificDatumWriter<T> writer;
    private final byte[] header;
    private final @Nullable Writing other;
    private final Map<Integer, SpecificDatumReader<T>> readers = new ConcurrentHashMap<>();

    private record Writing(String topic, Serializer<Object> serializer) {}

    /**
     * Prepares for one kind of record.
     *
     * @throws UnknownSchemaException if the record's schema was never released
     */
    public AvroSerde(Class<T> type, SchemaIds ids) {
        this(type, ids, null);
    }

    private AvroSerde(Class<T> type, SchemaIds ids, @Nullable Writing other) {
        this.model = SpecificData.getForClass(type);
        // the writers that Avro generates for records without logical types: as much as twice as fast
        model.setCustomCoders(true);
        this.schema = model.getSchema(type);
        this.ids = ids;
        this.writer = new SpecificDatumWriter<>(schema, model);
        this.header = ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC)
                .putInt(ids.idOf(schema))
                .array();
        this.other = other;
    }

    private static final class Buffers {
        private static final int TYPICAL_BYTES = 4096;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES);
        private @Nullable BinaryEncoder encoder;

        /** An encoder of a new record; what is left of one that failed goes. */
        BinaryEncoder encoder() {
            encoder = EncoderFactory.get().binaryEncoder(out, encoder);
            out.reset();
            return encoder;
        }
    }

    /**
     * One that leaves writing to another serializer of the same wire format, and reads by itself.
     *
     * @param topic that records are written to
     * @throws UnknownSchemaException if the record's schema was never released
     */
    public static <T extends SpecificRecord> AvroSerde<T> writtenWith(
            Serializer<Object> serializer, String topic, Class<T> type, SchemaIds ids) {
        return new AvroSerde<>(type, ids, new Writing(topic, serializer));
    }

    /** The schema that records are written with. */
    public Schema schema() {
        return schema;
    }

    /**
     * Writes a record.
     *
     * @throws SerializationException if the record breaks its schema
     */
    public byte[] toBytes(T record) {
        if (other != null) return other.serializer().serialize(other.topic(), record);
        var buffers = BUFFERS.get();
        var encoder = buffers.encoder();
        try {
            encoder.writeFixed(header);
            writer.write(record, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException e) {
            throw new SerializationException("Can't write a " + schema.getName(), e);
        }
        return buffers.out.toByteArray();
    }

    /**
     * Reads a record.
     *
     * @param bytes a record's value, as Kafka gives it: null for a tombstone
     * @throws SerializationException if the bytes are no such record in the wire format
     * @throws SchemaUnavailableException if it can't be told now what they are
     */
    public T fromBytes(byte @Nullable [] bytes) {
        if (bytes == null) throw new SerializationException("A tombstone in place of a " + schema.getName());
        if (bytes.length < HEADER_BYTES || bytes[0] != MAGIC) {
            throw new SerializationException("Not in the wire format: no header before a " + schema.getName());
        }
        var id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        var reader = readerOf(id);
        try {
            var decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
            return reader.read(null, decoder);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException("Can't read a " + schema.getName() + " of schema id " + id, e);
        }
    }

    /** Not in one step: what makes a reader may ask a registry, and others of the map's must not wait for that. */
    private SpecificDatumReader<T> readerOf(int id) {
        var known = readers.get(id);
        if (known != null) return known;
        var made = readerFor(id);
        readers.put(id, made);
        return made;
    }

    private SpecificDatumReader<T> readerFor(int id) {
        var written = ids.schemaOf(id, schema.getFullName());
        if (!written.getFullName().equals(schema.getFullName())) {
            throw new SerializationException(
                    "Schema id " + id + " is a " + written.getName() + ", not a " + schema.getName());
        }
        try {
            return new SpecificDatumReader<>(written, schema, model);
        } catch (AvroRuntimeException e) {
            throw new SerializationException("Can't read schema id " + id + " as a " + schema.getName(), e);
        }
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, record) -> nullable(record);
    }

    @SuppressWarnings("NullAway") // Kafka's interface: a tombstone is null on both sides
    private byte[] nullable(@Nullable T record) {
        return record == null ? null : toBytes(record);
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's interface: a tombstone is null on both sides
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : fromBytes(bytes);
    }
}
