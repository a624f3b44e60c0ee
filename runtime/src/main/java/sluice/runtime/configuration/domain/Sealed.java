package sluice.runtime.configuration.domain;

import java.util.Arrays;

/** Bytes that only the holder of the keyset can open. Immutable; compared by content. */
public final class Sealed {
    private final byte[] bytes;

    public Sealed(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sealed sealed && Arrays.equals(bytes, sealed.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Sealed(" + bytes.length + " bytes)";
    }
}
