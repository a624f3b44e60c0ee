package sluice.runtime.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.daead.AesSivKey;
import com.google.crypto.tink.daead.AesSivParameters;
import com.google.crypto.tink.daead.DeterministicAeadConfig;
import com.google.crypto.tink.subtle.Hkdf;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;

/**
 * A key for repeatable sealing beside each key of the keyset, derived from it (RFC 5869): an installation has one root
 * secret to keep, and rotating it rotates both.
 */
final class RepeatableKeys {
    private static final int KEY_BYTES = 64;
    private static final byte[] PURPOSE = "sluice repeatable sealing".getBytes(UTF_8);

    private RepeatableKeys() {}

    static DeterministicAead of(KeysetHandle keyset) throws GeneralSecurityException {
        DeterministicAeadConfig.register();
        var derived = KeysetHandle.newBuilder();
        for (var i = 0; i < keyset.size(); i++) {
            var entry = keyset.getAt(i);
            var key = KeysetHandle.importKey(derived((AesGcmKey) entry.getKey(), entry.getId()))
                    .withFixedId(entry.getId())
                    .setStatus(entry.getStatus());
            derived.addEntry(entry.isPrimary() ? key.makePrimary() : key);
        }
        return derived.build().getPrimitive(RegistryConfiguration.get(), DeterministicAead.class);
    }

    @AccessesPartialKey
    private static AesSivKey derived(AesGcmKey key, int id) throws GeneralSecurityException {
        var access = InsecureSecretKeyAccess.get();
        var bytes =
                Hkdf.computeHkdf("HMACSHA256", key.getKeyBytes().toByteArray(access), new byte[0], PURPOSE, KEY_BYTES);
        return AesSivKey.builder()
                .setParameters(AesSivParameters.builder()
                        .setKeySizeBytes(KEY_BYTES)
                        .setVariant(AesSivParameters.Variant.TINK)
                        .build())
                .setKeyBytes(SecretBytes.copyFrom(bytes, access))
                .setIdRequirement(id)
                .build();
    }
}
