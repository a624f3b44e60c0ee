package sluice.runtime.signal;

import java.nio.ByteBuffer;
import java.util.Base64;
import sluice.runtime.seal.Blinding;
import sluice.schemas.SignalKind;

/**
 * Names addresses and devices of a tenant's users by keyed hashes: whoever has the key can look one up, nobody can read
 * which they are. Thread-safe.
 */
public final class SignalKeys {
    private final Blinding blinding;

    public SignalKeys(Blinding blinding) {
        this.blinding = blinding;
    }

    /**
     * The key of an address's or a device's records: tenantId/kind/hash. One that another tenant's users share has
     * another there.
     *
     * @param value IP address in canonical form, or device id
     */
    public String of(String tenantId, SignalKind kind, String value) {
        return tenantId + "/" + kind.name() + "/" + blinding.blind(tenantId, kind.name(), value);
    }

    /** Tells apart the users of one signal. Of two signals they have nothing in common. */
    public long user(String signalKey, String userId) {
        var hash = blinding.blind("signal-user", signalKey, userId);
        return ByteBuffer.wrap(Base64.getUrlDecoder().decode(hash)).getLong();
    }

    /** The same for all who have the same key, and for no others. */
    public String keyCheck() {
        return blinding.blind("key-check");
    }
}
