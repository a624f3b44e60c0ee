package sluice.runtime.audit;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import sluice.runtime.audit.domain.Chain;
import sluice.runtime.audit.domain.Link;
import sluice.runtime.seal.SigningKeys;
import sluice.schemas.AuditCheckpoint;

/** Carries chains to signed checkpoints and back. */
final class Checkpoints {
    private static final HexFormat HEX = HexFormat.of();

    private Checkpoints() {}

    static AuditCheckpoint signed(String topic, int partition, Chain chain, SigningKeys keys) {
        return AuditCheckpoint.newBuilder()
                .setTopic(topic)
                .setPartition(partition)
                .setFrom(chain.from())
                .setTo(chain.to())
                .setRecords(chain.records())
                .setHash(ByteBuffer.wrap(HEX.parseHex(chain.hash())))
                .setLastAt(Instant.ofEpochMilli(chain.lastAt()))
                .setPublicKey(ByteBuffer.wrap(keys.publicKey()))
                .setSignature(ByteBuffer.wrap(keys.sign(parts(topic, partition, chain))))
                .build();
    }

    /** The chain, if one of the keys has signed it. */
    static Optional<Chain> opened(AuditCheckpoint read, Collection<String> publicKeys) {
        var chain = new Chain(
                read.getFrom(),
                read.getTo(),
                read.getRecords(),
                HEX.formatHex(bytes(read.getHash())),
                read.getLastAt().toEpochMilli());
        var publicKey = bytes(read.getPublicKey());
        var isGood = publicKeys.contains(HEX.formatHex(publicKey))
                && SigningKeys.isSigned(
                        bytes(read.getSignature()), publicKey, parts(read.getTopic(), read.getPartition(), chain));
        return isGood ? Optional.of(chain) : Optional.empty();
    }

    private static String[] parts(String topic, int partition, Chain chain) {
        return new String[] {
            topic,
            String.valueOf(partition),
            String.valueOf(chain.from()),
            String.valueOf(chain.to()),
            String.valueOf(chain.records()),
            chain.hash(),
            String.valueOf(chain.lastAt())
        };
    }

    /** A record as the chain takes it. */
    static Link link(ConsumerRecord<byte[], byte[]> read) {
        List<Link.Header> headers = StreamSupport.stream(read.headers().spliterator(), false)
                .map(header -> new Link.Header(header.key(), Optional.ofNullable(header.value())))
                .toList();
        return new Link(
                read.offset(),
                read.timestamp(),
                Optional.ofNullable(read.key()),
                Optional.ofNullable(read.value()),
                headers);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
