package sluice.runtime.configuration.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** A key that signs from a time on, and whose signatures are good until it is retired. */
public sealed interface SigningKey permits Setting.TokenKey, Setting.SessionKey {
    Instant activeFrom();

    Optional<Instant> retiredAt();

    /** Whether it is not retired. */
    default boolean isGood(Instant now) {
        return retiredAt().map(now::isBefore).orElse(true);
    }

    /**
     * The key to sign with: of those that are active, the one that became so last.
     *
     * @param keys by their ids
     * @return it with its id, empty if none is active
     */
    static <K extends SigningKey> Optional<Map.Entry<String, K>> signing(Map<String, K> keys, Instant now) {
        return keys.entrySet().stream()
                .filter(key -> !key.getValue().activeFrom().isAfter(now)
                        && key.getValue().isGood(now))
                .max(Comparator.comparing(
                                (Map.Entry<String, K> key) -> key.getValue().activeFrom())
                        .thenComparing(Map.Entry::getKey));
    }
}
