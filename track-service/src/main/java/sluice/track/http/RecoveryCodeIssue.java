package sluice.track.http;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import sluice.runtime.recovery.domain.RecoveryCode;
import sluice.runtime.recovery.domain.RecoverySet;
import sluice.runtime.seal.Sealing;
import sluice.schemas.NewRecoveryCodes;
import sluice.schemas.RecoveryHashes;
import sluice.schemas.wire.AvroSerde;

/** Makes sets of recovery codes: the codes to be shown once, and the hashes for the log, sealed (S20). Thread-safe. */
final class RecoveryCodeIssue {
    private final Sealing sealing;
    private final AvroSerde<RecoveryHashes> hashes;
    private final SecureRandom random = new SecureRandom();

    RecoveryCodeIssue(Edge edge) {
        this.sealing = edge.node().sealing();
        this.hashes = new AvroSerde<>(RecoveryHashes.class, edge.node().topics().schemaIds());
    }

    /**
     * A new set.
     *
     * @param codes as they are shown, once it is known that the set counts
     * @param forTheLog its hashes
     */
    record Issue(List<String> codes, NewRecoveryCodes forTheLog) {
        @Override
        public String toString() {
            return "Issue[" + forTheLog + "]"; // never the codes
        }
    }

    Issue make(String tenantId, String userId) {
        var codes = Stream.generate(() -> RecoveryCode.of(bytes(RecoveryCode.BYTES)))
                .limit(RecoverySet.CODES_MAX)
                .toList();
        var id = UUID.randomUUID().toString();
        var plain = hashes.toBytes(avro(RecoverySet.of(bytes(RecoverySet.SALT_BYTES), codes)));
        var sealed = sealing.seal(plain, "recovery-codes", tenantId, userId, id);
        return new Issue(
                codes.stream().map(RecoveryCode::grouped).toList(), new NewRecoveryCodes(id, ByteBuffer.wrap(sealed)));
    }

    private static RecoveryHashes avro(RecoverySet set) {
        return new RecoveryHashes(
                buffer(set.salt()),
                set.hashes().stream().map(RecoveryCodeIssue::buffer).toList());
    }

    private static ByteBuffer buffer(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
