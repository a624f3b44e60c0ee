package sluice.bench.bare;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What the bare system's records begin with: who waits, how large what comes of it is to be, the action's name. */
public final class Envelope {
    private static final int SIZES_AT = Long.BYTES + Integer.BYTES;
    private static final int NAME_AT = SIZES_AT + Sizes.BYTES + Short.BYTES;
    private static final int NOBODY = -1;

    private Envelope() {}

    /** An event that nobody awaits a reply to. */
    public static byte[] event(Sizes sizes, String action) {
        return event(sizes, 0, NOBODY, action);
    }

    static byte[] event(Sizes sizes, long id, int replyPartition, String action) {
        var name = action.getBytes(UTF_8);
        var bytes = new byte[Math.max(sizes.event(), NAME_AT + name.length)];
        var head = ByteBuffer.wrap(bytes).putLong(id).putInt(replyPartition);
        sizes.write(head);
        head.putShort((short) name.length).put(name);
        return bytes;
    }

    /** A record of another size that belongs to the same call. */
    static byte[] resized(byte[] record, int size) {
        return Arrays.copyOf(record, Math.max(size, NAME_AT + nameLength(record)));
    }

    static long id(byte[] record) {
        return ByteBuffer.wrap(record).getLong();
    }

    static int replyPartition(byte[] record) {
        return ByteBuffer.wrap(record).getInt(Long.BYTES);
    }

    static boolean isAwaited(byte[] record) {
        return replyPartition(record) != NOBODY;
    }

    static Sizes sizes(byte[] record) {
        return Sizes.read(ByteBuffer.wrap(record, SIZES_AT, Sizes.BYTES));
    }

    static String action(byte[] record) {
        return new String(record, NAME_AT, nameLength(record), UTF_8);
    }

    private static int nameLength(byte[] record) {
        return ByteBuffer.wrap(record).getShort(NAME_AT - Short.BYTES);
    }
}
