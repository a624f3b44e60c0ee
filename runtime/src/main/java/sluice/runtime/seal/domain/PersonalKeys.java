package sluice.runtime.seal.domain;

import java.time.Instant;
import java.util.Optional;

/** Keys that one user's data of one epoch is sealed with: a user is erased by losing theirs (ADR 21). */
public interface PersonalKeys {
    /** There are none: what is to be sealed for a user is sealed with the keyset alone. */
    PersonalKeys NONE = new PersonalKeys() {
        @Override
        public Optional<Epoch> at(String tenantId, String userId, Instant at) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> key(String tenantId, String userId, int epoch) {
            return Optional.empty();
        }
    };

    /**
     * One user's key of one epoch, to open with.
     *
     * @param epoch its id
     */
    static PersonalKeys of(int epoch, byte[] key) {
        return new PersonalKeys() {
            @Override
            public Optional<Epoch> at(String tenantId, String userId, Instant at) {
                return Optional.empty();
            }

            @Override
            public Optional<byte[]> key(String tenantId, String userId, int wanted) {
                return wanted == epoch ? Optional.of(key.clone()) : Optional.empty();
            }
        };
    }

    /** The epoch of a moment, if there is a key of the user for it. */
    Optional<Epoch> at(String tenantId, String userId, Instant at);

    /**
     * The user's key of an epoch: 32 bytes.
     *
     * @param epoch its id
     * @return empty if it is gone
     */
    Optional<byte[]> key(String tenantId, String userId, int epoch);
}
