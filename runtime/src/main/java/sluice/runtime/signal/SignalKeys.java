package sluice.runtime.signal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import sluice.runtime.seal.Blinding;
import sluice.schemas.SignalKind;

/**
 * Names IP addresses, devices and e-mail addresses of a tenant's users by keyed hashes: whoever has the key can look one up, nobody can read
 * which they are. Thread-safe.
 */
public final class SignalKeys {
    private static final int IPV6_BYTES = 16;
    private static final int NETWORK_BYTES = 8;

    private final Blinding blinding;

    public SignalKeys(Blinding blinding) {
        this.blinding = blinding;
    }

    /**
     * The key of its records: tenantId/kind/hash. One that another tenant's users share has
     * another there. All addresses of an IPv6 network of 64 bits have the same: one line has as much, and changes its
     * address as it likes.
     *
     * @param value IP address in canonical form, device id, or e-mail address, however it is written
     */
    public String of(String tenantId, SignalKind kind, String value) {
        var counted =
                switch (kind) {
                    case ADDRESS -> network(value);
                    case EMAIL -> value.toLowerCase(Locale.ROOT);
                    case DEVICE, UNKNOWN -> value;
                };
        return tenantId + "/" + kind.name() + "/" + blinding.blind(tenantId, kind.name(), counted);
    }

    private static String network(String address) {
        if (address.indexOf(':') < 0) return address;
        try {
            var bytes = InetAddress.getByName(address).getAddress(); // with a colon it is no name: nobody is asked
            return bytes.length == IPV6_BYTES ? HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES) : address;
        } catch (UnknownHostException e) {
            return address;
        }
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
