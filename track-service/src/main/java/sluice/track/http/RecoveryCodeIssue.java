package sluice.track.http;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import sluice.runtime.recovery.domain.RecoveryCode;
import sluice.runtime.recovery.domain.RecoverySet;
import sluice.schemas.NewRecoveryCodes;
import sluice.schemas.RecoveryHashes;
import sluice.schemas.UserCommand;
import sluice.schemas.wire.AvroSerde;

/** Makes sets of recovery codes: the codes to be shown once, and the hashes for the log, sealed (S20). Thread-safe. */
final class RecoveryCodeIssue {
    private final UserCommands commands;
    private final AvroSerde<RecoveryHashes> hashes;
    private final SecureRandom random = new SecureRandom();

    RecoveryCodeIssue(Edge edge, UserCommands commands) {
        this.commands = commands;
        this.hashes = new AvroSerde<>(RecoveryHashes.class, edge.node().topics().schemaIds());
    }

    /**
     * A new set.
     *
     * @param codes as they are shown, once it is known that the set counts
     * @param id the set's
     * @param hashes for the log
     */
    record Issue(List<String> codes, String id, RecoveryHashes hashes) {
        @Override
        public String toString() {
            return "Issue[" + id + "]"; // never the codes
        }
    }

    Issue make() {
        var codes = Stream.generate(() -> RecoveryCode.of(bytes(RecoveryCode.BYTES)))
                .limit(RecoverySet.CODES_MAX)
                .toList();
        return new Issue(
                codes.stream().map(RecoveryCode::grouped).toList(),
                UUID.randomUUID().toString(),
                avro(RecoverySet.of(bytes(RecoverySet.SALT_BYTES), codes)));
    }

    /** What goes to the log with a command. */
    NewRecoveryCodes sealed(Issue issue, UserCommand command) {
        var plain = hashes.toBytes(issue.hashes());
        return new NewRecoveryCodes(issue.id(), commands.sealed(command, plain, "recovery-codes", issue.id()));
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
