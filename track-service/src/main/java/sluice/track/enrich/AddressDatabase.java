package sluice.track.enrich;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A file in MaxMind's format with what is known of addresses, which the operator supplies. Read once, at the start.
 * Thread-safe.
 */
final class AddressDatabase {
    private final Reader reader;

    /** @throws IOException if the file can't be read or is none of these */
    AddressDatabase(Path file) throws IOException {
        this.reader = new Reader(file.toFile(), Reader.FileMode.MEMORY, new CHMCache());
    }

    /** What the file has of an address: field to value, values nested; empty if it has nothing. */
    Map<?, ?> find(InetAddress address) {
        try {
            var found = reader.get(address, Map.class);
            return found == null ? Map.of() : found;
        } catch (IOException e) {
            return Map.of(); // the file lies in memory: a record that can't be decoded is one that is not there
        }
    }

    /** A value inside such a record. */
    static <T> Optional<T> at(Map<?, ?> record, Class<T> type, String... path) {
        Object value = record;
        for (var name : path) value = value instanceof Map<?, ?> inner ? inner.get(name) : null;
        return Optional.ofNullable(value).filter(type::isInstance).map(type::cast);
    }
}
