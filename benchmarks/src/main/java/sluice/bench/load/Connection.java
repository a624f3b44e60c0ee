package sluice.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;

/** One connection and the call on it. Reads answers that tell their length, as the servers measured here do. */
final class Connection {
    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final int STATUS_AT = 9;
    private static final int STATUS_LENGTH = 3;
    private static final byte[] END = "\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] LENGTH = "content-length:".getBytes(US_ASCII);
    private static final Call NONE = () -> new byte[0];

    private final SocketChannel channel;
    private final SelectionKey key;
    private final byte[] read = new byte[ANSWER_BYTES_MAX];
    private final ByteBuffer in = ByteBuffer.wrap(read);
    private ByteBuffer out = ByteBuffer.allocate(0);
    private Call call = NONE;
    private long since;
    private long nanos;

    Connection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
        key.attach(this);
    }

    void ask(Call next) {
        call = next;
        out = ByteBuffer.wrap(next.request());
        in.clear();
        since = System.nanoTime();
        try {
            write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write() throws IOException {
        channel.write(out);
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE | SelectionKey.OP_READ : SelectionKey.OP_READ);
    }

    /** The status, once the whole answer is there. */
    Optional<Integer> read() throws IOException {
        if (channel.read(in) < 0) throw new EOFException("The server closed the connection");
        var head = indexOf(END, in.position());
        if (head < 0) return Optional.empty();
        var body = head + END.length;
        var end = body + length(head);
        if (in.position() < end) return Optional.empty();
        nanos = System.nanoTime() - since;
        var status = number(STATUS_AT, STATUS_AT + STATUS_LENGTH);
        call.answered(status, Arrays.copyOfRange(read, body, end));
        return Optional.of(status);
    }

    void close() throws IOException {
        channel.close();
    }

    /** How long the last answer took. */
    long nanos() {
        return nanos;
    }

    void rest() {
        since = System.nanoTime();
    }

    /** When the last call, or the rest after it, began. */
    long since() {
        return since;
    }

    private int length(int head) throws IOException {
        var at = indexOf(LENGTH, head);
        if (at < 0)
            throw new IOException("An answer that does not tell its length: " + new String(read, 0, head, US_ASCII));
        var from = at + LENGTH.length;
        while (read[from] == ' ') from++;
        var to = from;
        while (read[to] >= '0' && read[to] <= '9') to++;
        return number(from, to);
    }

    private int number(int from, int to) {
        return Integer.parseInt(new String(read, from, to - from, US_ASCII));
    }

    /** Where the bytes begin, letters in lower case; -1 where they are not. */
    private int indexOf(byte[] wanted, int end) {
        for (var from = 0; from + wanted.length <= end; from++) {
            var length = 0;
            while (length < wanted.length && lower(read[from + length]) == wanted[length]) length++;
            if (length == wanted.length) return from;
        }
        return -1;
    }

    private static byte lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + ('a' - 'A')) : letter;
    }
}
