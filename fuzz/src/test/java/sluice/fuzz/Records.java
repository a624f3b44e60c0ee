package sluice.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import sluice.schemas.RecoveryHashes;
import sluice.schemas.TrackAttributes;
import sluice.schemas.UserUpdate;
import sluice.schemas.wire.SchemaIds;

/** Records in the wire format whose every value is a choice: sound in form, and seldom in meaning. */
public final class Records {
    private static final int HEADER_BYTES = 5;
    private static final int ITEMS_MAX = 4;
    private static final int TEXT_BYTES_MAX = 40;
    private static final int DEPTH_MAX = 12;
    private static final long NOW = 1_767_225_600_000L;

    /** What refers to the one tenant, its user and its action, and what only looks like it. */
    private static final List<String> TEXTS = List.of(
            "acme",
            "ada",
            "signIn",
            "key-1",
            "event-1",
            "event-2",
            "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
            "",
            "nobody:6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
            "198.51.100.7",
            "ada@example.com",
            "a/b",
            "\0",
            "\ud800",
            "amount",
            "x".repeat(300));

    private static final List<Long> NUMBERS =
            List.of(NOW, NOW + 1, NOW + 600_000, NOW - 600_000, 0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53);

    private static final List<Double> FRACTIONS =
            List.of(0.0, -0.0, 1.5, -1.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE, Double.MIN_VALUE);

    private final SchemaIds ids;
    private final List<Schema> sealed;

    public Records(SchemaIds ids) {
        this.ids = ids;
        this.sealed =
                List.of(TrackAttributes.getClassSchema(), UserUpdate.getClassSchema(), RecoveryHashes.getClassSchema());
    }

    /** The next choices as a record. */
    public byte[] wire(Schema schema, Choices choices) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(HEADER_BYTES)
                .put((byte) 0)
                .putInt(ids.idOf(schema))
                .array());
        try {
            var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            write(schema, choices, encoder, 0);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory takes all
        }
        return out.toByteArray();
    }

    private void write(Schema schema, Choices choices, BinaryEncoder out, int depth) throws IOException {
        switch (schema.getType()) {
            case RECORD -> {
                for (var field : schema.getFields()) write(field.schema(), choices, out, depth + 1);
            }
            case UNION -> {
                var branch =
                        depth > DEPTH_MAX ? 0 : choices.below(schema.getTypes().size());
                out.writeIndex(branch);
                write(schema.getTypes().get(branch), choices, out, depth + 1);
            }
            case ARRAY, MAP -> writeItems(schema, choices, out, depth);
            case ENUM -> out.writeEnum(choices.below(schema.getEnumSymbols().size()));
            case STRING -> out.writeString(text(choices));
            case BYTES -> out.writeBytes(bytes(choices, depth));
            case FIXED -> out.writeFixed(new byte[schema.getFixedSize()]);
            case LONG -> out.writeLong(number(choices));
            case INT -> out.writeInt((int) number(choices));
            case FLOAT -> out.writeFloat(choices.of(FRACTIONS).floatValue());
            case DOUBLE -> out.writeDouble(choices.of(FRACTIONS));
            case BOOLEAN -> out.writeBoolean(choices.below(2) == 1);
            case NULL -> out.writeNull();
        }
    }

    private void writeItems(Schema schema, Choices choices, BinaryEncoder out, int depth) throws IOException {
        var isMap = schema.getType() == Schema.Type.MAP;
        var count = depth > DEPTH_MAX ? 0 : choices.below(ITEMS_MAX);
        if (isMap) out.writeMapStart();
        else out.writeArrayStart();
        out.setItemCount(count);
        for (var i = 0; i < count; i++) {
            out.startItem();
            if (isMap) out.writeString(text(choices));
            write(isMap ? schema.getValueType() : schema.getElementType(), choices, out, depth + 1);
        }
        if (isMap) out.writeMapEnd();
        else out.writeArrayEnd();
    }

    /** A text that means something, or any. */
    public static String text(Choices choices) {
        var choice = choices.below(TEXTS.size() + TEXTS.size() / 2);
        return choice < TEXTS.size() ? TEXTS.get(choice) : choices.text(TEXT_BYTES_MAX);
    }

    private static long number(Choices choices) {
        var choice = choices.below(NUMBERS.size() + NUMBERS.size() / 2);
        return choice < NUMBERS.size() ? NUMBERS.get(choice) : choices.number();
    }

    /** What is sealed where the seal is as clear as glass: records, texts, or anything. */
    private byte[] bytes(Choices choices, int depth) {
        var choice = choices.below(sealed.size() + 2);
        if (choice < sealed.size() && depth <= DEPTH_MAX) return wire(sealed.get(choice), choices);
        return choice == sealed.size() ? text(choices).getBytes(UTF_8) : choices.bytes(choices.below(TEXT_BYTES_MAX));
    }
}
