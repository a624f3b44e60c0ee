package sluice.track.http;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import sluice.fuzz.Choices;
import sluice.schemas.TrackAttributes;
import sluice.schemas.UserUpdate;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.ReleasedSchemas;
import sluice.track.http.json.JsonBody;
import sluice.track.http.ui.QrSvg;

/** Bodies of the server and client APIs: refused by name, or something that the log can hold. */
public final class BodyFuzz {
    private static final ReleasedSchemas SCHEMAS = ReleasedSchemas.load();
    private static final AvroSerde<TrackAttributes> ATTRIBUTES = new AvroSerde<>(TrackAttributes.class, SCHEMAS);
    private static final AvroSerde<UserUpdate> UPDATES = new AvroSerde<>(UserUpdate.class, SCHEMAS);
    private static final int TEXT_LENGTH_MAX = 8192;

    private BodyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var choices = new Choices(input);
        var kind = choices.below(8);
        try {
            read(kind, choices.rest());
        } catch (RefusedException e) {
            // as promised
        }
    }

    private static void read(int kind, byte[] text) {
        var call = Told.call(Map.of("userId", "ada", "action", "signIn"), text);
        var body = JsonBody.of(call);
        switch (kind) {
            case 0 -> requireWritable(ATTRIBUTES, TrackCall.of(call).attributes());
            case 1 -> requireWritable(UPDATES, UserUpdateCall.of(call));
            case 2 ->
                requireWritable(
                        ATTRIBUTES, ChallengeHandler.Call.of("acme", body).moment());
            case 3 -> Verifications.code(body);
            case 4 -> PasskeyEnrolmentHandler.Wish.of(body);
            case 5 -> PasskeySignInHandler.userId(PasskeyEnrolmentHandler.credential(body, "authenticationCredential"));
            case 6 -> QrSvg.of(body.requiredText("uri", TEXT_LENGTH_MAX));
            default -> body.texts("clientIds", 20, 256);
        }
    }

    private static <T extends SpecificRecord> void requireWritable(AvroSerde<T> serde, T record) {
        var read = serde.fromBytes(serde.toBytes(record));
        if (!read.equals(record)) throw new AssertionError("Written as\n" + record + "\nand read as\n" + read);
    }
}
