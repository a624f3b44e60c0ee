package sluice.rules.kafka;

import java.util.Optional;
import sluice.rules.domain.webauthn.Passkey;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.PasskeyCredential;
import sluice.schemas.SpentChallenge;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.SchemaIds;

/** Seals passkeys for their place in a user's record, and opens them. */
final class PasskeyMapper {
    private static final String SEALED_FOR = "passkey";

    private final Sealing sealing;
    private final AvroSerde<sluice.schemas.Passkey> serde;

    PasskeyMapper(Sealing sealing, SchemaIds ids) {
        this.sealing = sealing;
        this.serde = new AvroSerde<>(sluice.schemas.Passkey.class, ids);
    }

    Sealed seal(String tenantId, String userId, String authenticatorId, Passkey passkey) {
        return new Sealed(sealing.seal(serde.toBytes(toAvro(passkey)), SEALED_FOR, tenantId, userId, authenticatorId));
    }

    Passkey open(String tenantId, String userId, String authenticatorId, Sealed sealed) {
        return toDomain(serde.fromBytes(sealing.open(sealed.bytes(), SEALED_FOR, tenantId, userId, authenticatorId)));
    }

    /** What others may see of a passkey. */
    static PasskeyCredential credential(Passkey passkey) {
        return new PasskeyCredential(
                passkey.credentialId(),
                passkey.aaguid(),
                passkey.isBackupEligible(),
                passkey.isBackedUp(),
                passkey.attachment().orElse(null),
                passkey.transports(),
                passkey.deviceId().orElse(null),
                passkey.userAgent().orElse(null));
    }

    private static sluice.schemas.Passkey toAvro(Passkey passkey) {
        return new sluice.schemas.Passkey(
                credential(passkey),
                passkey.publicKey(),
                passkey.signatureCount(),
                passkey.spent().stream()
                        .map(spent -> new SpentChallenge(spent.challenge(), spent.until()))
                        .toList());
    }

    private static Passkey toDomain(sluice.schemas.Passkey read) {
        var credential = read.getCredential();
        return new Passkey(
                credential.getCredentialId(),
                credential.getAaguid(),
                read.getPublicKey(),
                read.getSignatureCount(),
                credential.getIsBackupEligible(),
                credential.getIsBackedUp(),
                Optional.ofNullable(credential.getAttachment()),
                credential.getTransports(),
                Optional.ofNullable(credential.getDeviceId()),
                Optional.ofNullable(credential.getUserAgent()),
                read.getSpent().stream()
                        .map(spent -> new Passkey.Spent(spent.getChallenge(), spent.getUntil()))
                        .toList());
    }
}
