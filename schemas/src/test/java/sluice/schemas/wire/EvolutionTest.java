package sluice.schemas.wire;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import sluice.schemas.wire.ReleasedSchemas.Release;

/**
 * Yesterday's reader reads today's data and the other way round: for every record, data of every release is read by
 * every other, and by Sluice as it is built. What both know is the same; what the writer did not know is the default.
 */
class EvolutionTest {
    private static final ReleasedSchemas RELEASED = ReleasedSchemas.load();
    private static final int RECORDS = 40;
    private static final long SEED = 20261124;

    @TestFactory
    Stream<DynamicTest> everyReaderReadsWhatEveryWriterWrote() {
        return RELEASED.releases().stream().collect(groupingBy(Release::name)).values().stream()
                .flatMap(releases -> releases.stream().flatMap(writer -> releases.stream()
                        .map(reader -> DynamicTest.dynamicTest(
                                "%s: %d reads %d".formatted(writer.name(), reader.version(), writer.version()),
                                () -> assertReads(reader.schema(), writer.schema())))));
    }

    private static void assertReads(Schema reader, Schema writer) throws IOException {
        for (var written : data(writer)) {
            var decoder = DecoderFactory.get().binaryDecoder(bytes(writer, written), null);
            var read = new GenericDatumReader<>(writer, reader).read(null, decoder);

            assertThat(decoder.isEnd()).isTrue();
            assertSame(reader, read, writer, written);
        }
    }

    @TestFactory
    Stream<DynamicTest> sluiceReadsWhatEveryReleaseWrote() {
        return RELEASED.releases().stream()
                .map(writer -> DynamicTest.dynamicTest(
                        writer.name() + " " + writer.version(), () -> assertSluiceReads(type(writer.name()), writer)));
    }

    private static <T extends SpecificRecord> void assertSluiceReads(Class<T> type, Release writer) throws IOException {
        var serde = new AvroSerde<>(type, RELEASED);
        for (var written : data(writer.schema())) {
            var header =
                    ByteBuffer.allocate(5).put((byte) 0).putInt(writer.id()).array();
            var out = new ByteArrayOutputStream();
            out.writeBytes(header);
            out.writeBytes(bytes(writer.schema(), written));

            var read = serde.fromBytes(out.toByteArray());

            assertSame(serde.schema(), generic(serde.schema(), read), writer.schema(), written);
        }
    }

    private static Class<? extends SpecificRecord> type(String name) {
        return SchemaRelease.WRITTEN.stream()
                .filter(schema -> schema.getName().equals(name))
                .map(schema -> SpecificData.get().getClass(schema))
                .map(type -> ((Class<?>) type).asSubclass(SpecificRecord.class))
                .findFirst()
                .orElseThrow();
    }

    /** As a reader that has the schema and no class sees it. */
    private static Object generic(Schema schema, SpecificRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new SpecificDatumWriter<SpecificRecord>(schema, SpecificData.getForSchema(schema)).write(record, encoder);
        encoder.flush();
        return new GenericDatumReader<>(schema).read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null));
    }

    private static Iterable<Object> data(Schema schema) {
        return new RandomData(schema, RECORDS, SEED);
    }

    private static byte[] bytes(Schema schema, Object datum) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(datum, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static void assertSame(Schema reader, Object read, Schema writer, Object written) {
        switch (reader.getType()) {
            case UNION -> assertSameBranch(reader, read, writer, written);
            case RECORD -> assertSameFields(reader, (IndexedRecord) read, writer, (IndexedRecord) written);
            case ENUM -> {
                var known = reader.hasEnumSymbol(written.toString()) ? written.toString() : reader.getEnumDefault();
                assertThat(read.toString()).isEqualTo(known);
            }
            case ARRAY -> {
                var theirs = List.copyOf((Collection<?>) written).iterator();
                assertThat((Collection<?>) read)
                        .hasSameSizeAs((Collection<?>) written)
                        .allSatisfy(item ->
                                assertSame(reader.getElementType(), item, writer.getElementType(), theirs.next()));
            }
            case MAP -> assertThat(((Map<?, ?>) read)).hasSameSizeAs((Map<?, ?>) written);
            default ->
                assertThat(GenericData.get().compare(read, written, reader)).isZero();
        }
    }

    private static void assertSameBranch(Schema reader, Object read, Schema writer, Object written) {
        if (written == null) assertThat(read).isNull();
        else
            assertSame(
                    present(reader), read, writer.getType() == Schema.Type.UNION ? present(writer) : writer, written);
    }

    private static Schema present(Schema union) {
        return union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private static void assertSameFields(Schema reader, IndexedRecord read, Schema writer, IndexedRecord written) {
        for (var field : reader.getFields()) {
            var theirs = writer.getField(field.name());
            var value = read.get(field.pos());
            if (theirs == null)
                assertThat(value).as(field.name()).isEqualTo(GenericData.get().getDefaultValue(field));
            else assertSame(field.schema(), value, theirs.schema(), written.get(theirs.pos()));
        }
    }
}
