package sluice.runtime.erasure.domain;

import java.util.Arrays;
import java.util.Objects;
import sluice.runtime.seal.domain.Epoch;

/** An epoch whose key is there. Immutable. */
public final class LiveEpoch {
    private final String name;
    private final Epoch epoch;
    private final byte[] key;

    /**
     * One of them.
     *
     * @param name the record's
     * @param key 32 random bytes
     */
    public LiveEpoch(String name, Epoch epoch, byte[] key) {
        this.name = name;
        this.epoch = epoch;
        this.key = key.clone();
    }

    public String name() {
        return name;
    }

    public Epoch epoch() {
        return epoch;
    }

    /** A copy of the key. */
    public byte[] key() {
        return key.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LiveEpoch live
                && name.equals(live.name)
                && epoch.equals(live.epoch)
                && Arrays.equals(key, live.key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, epoch);
    }

    @Override
    public String toString() {
        return name + " " + epoch;
    }
}
