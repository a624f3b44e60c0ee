package sluice.runtime.audit.domain;

import java.util.List;
import java.util.Optional;

/**
 * A record as the broker keeps it.
 *
 * @param at Kafka's time of the record, milliseconds since the epoch
 * @param key empty where it has none
 * @param value empty for a tombstone
 */
public record Link(long offset, long at, Optional<byte[]> key, Optional<byte[]> value, List<Header> headers) {
    public Link {
        headers = List.copyOf(headers);
    }

    /** A header, in the record's order. */
    public record Header(String name, Optional<byte[]> value) {}
}
