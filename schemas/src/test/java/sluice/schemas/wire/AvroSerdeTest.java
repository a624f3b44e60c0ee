package sluice.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.schemas.Owner;
import sluice.schemas.Profile;

class AvroSerdeTest {
    private static final ReleasedSchemas IDS = ReleasedSchemas.load();
    private static final Owner OWNER =
            new Owner("rules-processor", 3, "http://127.0.0.1:1", Instant.ofEpochMilli(1_700_000_000_000L));

    private final AvroSerde<Owner> serde = new AvroSerde<>(Owner.class, IDS);

    @Test
    void givenARecord_whenWrittenAndRead_thenItIsTheSame() {
        assertThat(serde.fromBytes(serde.toBytes(OWNER))).isEqualTo(OWNER);
    }

    @Test
    void givenARecord_whenWritten_thenAnIndependentReaderOfTheConfluentFormatReadsIt() throws Exception {
        var bytes = ByteBuffer.wrap(serde.toBytes(OWNER));

        assertThat(bytes.get()).isZero();
        var schema = IDS.schemaOf(bytes.getInt());
        var body = Arrays.copyOfRange(bytes.array(), bytes.position(), bytes.limit());
        GenericRecord read = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(body, null));
        assertThat(read.get("endpoint")).hasToString("http://127.0.0.1:1");
    }

    @Test
    void givenARecordOfAnotherSchema_whenRead_thenItIsRefused() {
        var profile =
                new AvroSerde<>(Profile.class, IDS).toBytes(Profile.newBuilder().build());

        assertThatThrownBy(() -> serde.fromBytes(profile)).isInstanceOf(SerializationException.class);
    }

    /** Anybody may write a tombstone to a topic. */
    @Test
    void givenATombstone_whenARecordIsRead_thenItIsRefused() {
        assertThatThrownBy(() -> serde.fromBytes(null)).isInstanceOf(SerializationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "00000000", "000000000a", "0100000001ff", "007fffffff00", "000000000aff"})
    void givenBytesThatAreNoRecord_whenRead_thenTheyAreRefused(String hex) {
        var bytes = HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : "0" + hex);

        assertThatThrownBy(() -> serde.fromBytes(bytes)).isInstanceOf(SerializationException.class);
    }

    @Test
    void givenATombstone_whenWrittenAndRead_thenItStaysOne() {
        assertThat(serde.serializer().serialize("owners", null)).isNull();
        assertThat(serde.deserializer().deserialize("owners", null)).isNull();
    }
}
