package sluice.runtime.audit.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The chain of a partition's records up to an offset: each hash is over the one before and all of the record, so that
 * none can be altered, left out, put in or moved without another hash at the end.
 *
 * @param from offset at which it began
 * @param to offset behind its last record
 * @param records how many there are in it
 * @param hash SHA-256, lower-case hexadecimal
 * @param lastAt Kafka's time of the last record, milliseconds since the epoch; 0 before the first
 */
public record Chain(long from, long to, long records, String hash, long lastAt) {
    private static final HexFormat HEX = HexFormat.of();
    private static final int ABSENT = -1;

    /** One that has no record yet. */
    public static Chain begun(String topic, int partition, long from) {
        var digest = sha256();
        bytes(digest, Optional.of(("sluice " + topic + "/" + partition).getBytes(UTF_8)));
        number(digest, from);
        return new Chain(from, from, 0, HEX.formatHex(digest.digest()), 0);
    }

    /**
     * The chain with the next record.
     *
     * @throws IllegalArgumentException if the record is not behind the chain's end
     */
    public Chain with(Link record) {
        if (record.offset() < to) throw new IllegalArgumentException("Offset " + record.offset() + " is in the chain");
        var digest = sha256();
        digest.update(HEX.parseHex(hash));
        number(digest, record.offset());
        number(digest, record.at());
        bytes(digest, record.key());
        bytes(digest, record.value());
        number(digest, record.headers().size());
        for (var header : record.headers()) {
            bytes(digest, Optional.of(header.name().getBytes(UTF_8)));
            bytes(digest, header.value());
        }
        return new Chain(from, record.offset() + 1, records + 1, HEX.formatHex(digest.digest()), record.at());
    }

    private static void number(MessageDigest digest, long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    }

    /** With their length in front, so that no two records read alike. */
    private static void bytes(MessageDigest digest, Optional<byte[]> bytes) {
        number(digest, bytes.map(present -> present.length).orElse(ABSENT));
        bytes.ifPresent(digest::update);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-256", e);
        }
    }
}
