package sluice.runtime.seal.domain;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that only the holder of the keyset can open. Immutable; compared by content. */
public final class Sealed {
    private final byte[] bytes;

    public Sealed(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** What is left in a buffer, which stays as it is. */
    public static Sealed of(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return new Sealed(bytes);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** A copy of the bytes, ready to be read. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes());
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
