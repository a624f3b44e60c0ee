package sluice.rules.kafka;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import sluice.rules.domain.RecoveryCodes;
import sluice.runtime.recovery.domain.RecoverySet;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.RecoveryHashes;

/** Carries recovery codes' hashes to the store and back, and off the log. */
final class RecoveryMapper {
    private static final HexFormat HEX = HexFormat.of();

    private RecoveryMapper() {}

    static RecoverySet toDomain(RecoveryHashes read) {
        return new RecoverySet(hex(read.getSalt()), hex(read.getHashes()));
    }

    static RecoveryCodes toDomain(sluice.schemas.RecoveryCodes read) {
        return new RecoveryCodes(
                OutcomeMapper.toDomain(read.getAuthenticator()),
                hex(read.getSalt()),
                hex(read.getUnspent()),
                hex(read.getSpent()));
    }

    static sluice.schemas.RecoveryCodes toAvro(RecoveryCodes codes) {
        return new sluice.schemas.RecoveryCodes(
                OutcomeMapper.toAvro(codes.authenticator()),
                bytes(codes.salt()),
                bytes(codes.unspent()),
                bytes(codes.spent()));
    }

    private static List<String> hex(List<ByteBuffer> all) {
        return all.stream().map(RecoveryMapper::hex).toList();
    }

    private static String hex(ByteBuffer buffer) {
        return HEX.formatHex(Sealed.of(buffer).bytes());
    }

    private static List<ByteBuffer> bytes(List<String> all) {
        return all.stream().map(RecoveryMapper::bytes).toList();
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HEX.parseHex(hex));
    }
}
