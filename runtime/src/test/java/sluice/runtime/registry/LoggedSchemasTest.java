package sluice.runtime.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sluice.schemas.Owner;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.ReleasedSchemas;
import sluice.schemas.wire.ReleasedSchemas.Release;
import sluice.schemas.wire.SchemaUnavailableException;
import sluice.schemas.wire.UnknownSchemaException;

class LoggedSchemasTest {
    private static final String TOPIC = "sluice.schemas";
    private static final ReleasedSchemas TODAY = ReleasedSchemas.load();
    private static final int TOMORROWS_ID =
            TODAY.releases().stream().mapToInt(Release::id).max().orElseThrow() + 1;
    private static final Schema TOMORROWS_OWNER = new Schema.Parser()
            .parse(Owner.SCHEMA$
                    .toString()
                    .replaceFirst(
                            "\"fields\":\\[", "\"fields\":[{\"name\":\"zone\",\"type\":\"string\",\"default\":\"\"},"));
    private static final ReleasedSchemas TOMORROW = with(TOMORROWS_OWNER);

    private final MemoryLog log = new MemoryLog();
    private final AtomicLong nanos = new AtomicLong();

    /** What several processes read and write, and how often this one looked. */
    private static final class MemoryLog implements SchemaLog {
        private final List<Map.Entry<String, String>> records;
        private int position;
        private int looks;
        private int faults;
        private Runnable beforeAppend = () -> {};
        private boolean closed;

        MemoryLog() {
            this(new ArrayList<>());
        }

        private MemoryLog(List<Map.Entry<String, String>> records) {
            this.records = records;
        }

        /** The same, as another process sees it. */
        MemoryLog ofAnother() {
            return new MemoryLog(records);
        }

        @Override
        public void forEachNew(BiConsumer<@Nullable String, @Nullable String> each) {
            if (closed) throw new KafkaException("closed");
            looks++;
            if (faults-- > 0) throw new TimeoutException("the broker is away");
            for (; position < records.size(); position++) {
                each.accept(
                        records.get(position).getKey(), records.get(position).getValue());
            }
        }

        @Override
        public void append(Map<Integer, String> schemas) {
            beforeAppend.run();
            new TreeMap<>(schemas).forEach((id, text) -> records.add(Map.entry(String.valueOf(id), text)));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static ReleasedSchemas with(Schema newest) {
        var releases = new ArrayList<>(TODAY.releases());
        releases.add(new Release(TOMORROWS_ID, newest.getName(), 2, newest));
        return ReleasedSchemas.of(releases);
    }

    private LoggedSchemas build(ReleasedSchemas own, SchemaLog log) {
        return new LoggedSchemas(TOPIC, own, log, nanos::get);
    }

    private static byte[] writtenTomorrow() throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(TOMORROWS_ID).array());
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        var owner = new GenericRecordBuilder(TOMORROWS_OWNER)
                .set("service", "rules-processor")
                .set("partition", 3)
                .set("endpoint", "http://127.0.0.1:9")
                .set("since", 0L)
                .set("zone", "west")
                .build();
        new GenericDatumWriter<>(TOMORROWS_OWNER).write(owner, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    @Test
    void givenAnEmptyTopic_whenBuildsTell_thenEachTellsWhatIsMissing() throws Exception {
        build(TODAY, log).tell();
        assertThat(log.records).hasSize(TODAY.releases().size());

        build(TODAY, log.ofAnother()).tell();
        assertThat(log.records).as("all was there").hasSize(TODAY.releases().size());

        build(TOMORROW, log.ofAnother()).tell();
        assertThat(log.records).as("one was not").hasSize(TODAY.releases().size() + 1);
    }

    @Test
    void givenARunningProcess_whenANewerOneTellsAndWrites_thenTheOlderOneReadsIt() throws Exception {
        var older = build(TODAY, log);
        older.tell();
        var owners = new AvroSerde<>(Owner.class, older);
        build(TOMORROW, log.ofAnother()).tell();
        nanos.addAndGet(LoggedSchemas.QUIET.toNanos());

        var read = owners.fromBytes(writtenTomorrow());

        assertThat(read.getService()).isEqualTo("rules-processor");
        assertThat(read.getPartition()).isEqualTo(3);
        assertThat(older.releases()).as("it goes on to write its own").isEqualTo(TODAY.releases());
    }

    /** Whoever may write events may make ids up. */
    @Test
    void givenAFloodOfMadeUpIds_whenTheyAreRead_thenALookIsMadeNowAndThen() throws Exception {
        var schemas = build(TODAY, log);
        schemas.tell();
        nanos.addAndGet(LoggedSchemas.QUIET.toNanos());
        var before = log.looks;

        for (var id = 0; id < 10_000; id++) assertUnknown(schemas, 1_000_000 + id);
        assertThat(log.looks - before).isEqualTo(1);

        nanos.addAndGet(LoggedSchemas.LOOK_HOLDS.toNanos());
        for (var id = 0; id < 10_000; id++) assertUnknown(schemas, 1_000_000 + id);
        assertThat(log.looks - before).isEqualTo(2);
    }

    private static void assertUnknown(LoggedSchemas schemas, int id) {
        assertThatThrownBy(() -> schemas.schemaOf(id, "sluice.schemas.Owner"))
                .isInstanceOf(UnknownSchemaException.class);
    }

    /** A look a moment before the newer process told must not hold when its first record comes. */
    @Test
    void givenALookForAnIdThatIsNotYetTold_whenItsFirstRecordComes_thenItIsRead() throws Exception {
        var older = build(TODAY, log);
        older.tell();
        nanos.addAndGet(LoggedSchemas.QUIET.toNanos());
        assertUnknown(older, TOMORROWS_ID);
        build(TOMORROW, log.ofAnother()).tell();

        nanos.addAndGet(LoggedSchemas.QUIET.toNanos());

        assertThat(older.schemaOf(TOMORROWS_ID, "sluice.schemas.Owner")).isEqualTo(TOMORROWS_OWNER);
    }

    @Test
    void givenABrokerThatDoesNotAnswer_whenARecordOfAnUnknownIdComes_thenItWaits() throws Exception {
        var older = build(TODAY, log);
        older.tell();
        build(TOMORROW, log.ofAnother()).tell();
        nanos.addAndGet(LoggedSchemas.QUIET.toNanos());
        log.faults = 1;

        assertThat(older.schemaOf(TOMORROWS_ID, "sluice.schemas.Owner")).isEqualTo(TOMORROWS_OWNER);
        assertThat(older.isReady()).isTrue();
    }

    /** Whoever asks over HTTP needs no credential, and must not hold a thread for long. */
    @Test
    void givenABrokerThatDoesNotAnswer_whenSomebodyLooksUp_thenTheyAreToldSoAtOnce() throws Exception {
        var older = build(TODAY, log);
        older.tell();
        build(TOMORROW, log.ofAnother()).tell();
        nanos.addAndGet(LoggedSchemas.QUIET.toNanos());
        log.faults = 1;

        assertThatThrownBy(() -> older.lookUp(TOMORROWS_ID)).isInstanceOf(SchemaUnavailableException.class);
        assertThat(older.lookUp(TOMORROWS_ID)).contains(TOMORROWS_OWNER);
        assertThat(older.lookUp(TOMORROWS_ID + 1)).isEmpty();
    }

    @Test
    void givenAProcessThatIsStopped_whenItWaitsForTheTopic_thenTheRecordIsNotTakenForMalformed() throws Exception {
        var schemas = build(TODAY, log);
        schemas.tell();
        nanos.addAndGet(LoggedSchemas.QUIET.toNanos());
        schemas.close();

        assertThatThrownBy(() -> schemas.schemaOf(TOMORROWS_ID, "sluice.schemas.Owner"))
                .isInstanceOf(SchemaUnavailableException.class)
                .isNotInstanceOf(SerializationException.class);
    }

    @Test
    void givenAnIdOfAnotherBuild_whenThisOneMeansSomethingElse_thenItDoesNotStart() throws Exception {
        build(TOMORROW, log).tell();
        var before = List.copyOf(log.records);
        var other = new Schema.Parser().parse(TOMORROWS_OWNER.toString().replace("\"zone\"", "\"region\""));

        assertThatThrownBy(() -> build(with(other), log.ofAnother()).tell())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("schema id " + TOMORROWS_ID + " is version 2 of Owner in this build")
                .hasMessageContaining("another Owner")
                .hasMessageContaining(TOPIC);
        assertThat(log.records).as("nothing of it was told").isEqualTo(before);
    }

    /** Both looked when neither had told. */
    @Test
    void givenTwoBuildsThatTellAtOnce_whenTheyMeanOtherThings_thenTheSecondOnTheLogDoesNotStart() throws Exception {
        build(TODAY, log).tell();
        var other = with(new Schema.Parser().parse(TOMORROWS_OWNER.toString().replace("\"zone\"", "\"region\"")));
        var second = log.ofAnother();
        second.beforeAppend = () -> tellUnchecked(build(TOMORROW, log.ofAnother()));

        assertThatThrownBy(() -> build(other, second).tell()).hasMessageContaining("schema id " + TOMORROWS_ID);

        var older = build(TODAY, log.ofAnother());
        older.tell();
        assertThat(older.schemaOf(TOMORROWS_ID, "sluice.schemas.Owner"))
                .as("the first counts")
                .isEqualTo(TOMORROWS_OWNER);
    }

    private static void tellUnchecked(LoggedSchemas schemas) {
        try {
            schemas.tell();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void givenWhatIsNoSchemaOnTheTopic_whenItIsRead_thenItCountsForNothing() throws Exception {
        log.records.add(Map.entry("no number", TOMORROWS_OWNER.toString()));
        log.records.add(Map.entry(String.valueOf(TOMORROWS_ID), "no schema"));
        log.records.add(Map.entry("1", "{}"));
        log.records.add(Map.entry(String.valueOf(TOMORROWS_ID), TOMORROWS_OWNER.toString()));

        var schemas = build(TODAY, log);
        schemas.tell();

        assertThat(schemas.schemaOf(TOMORROWS_ID, "sluice.schemas.Owner")).isEqualTo(TOMORROWS_OWNER);
    }
}
