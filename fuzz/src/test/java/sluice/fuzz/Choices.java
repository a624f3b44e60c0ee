package sluice.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/** An input, taken as a row of choices. Where it has ended every choice is the first. */
public final class Choices {
    private final byte[] input;
    private int at;

    public Choices(byte[] input) {
        this.input = input;
    }

    /** Whether all of it is taken. */
    public boolean isOver() {
        return at >= input.length;
    }

    /** A number from 0 to 255. */
    public int next() {
        return isOver() ? 0 : input[at++] & 0xff;
    }

    /** A number below another, 256 at most. */
    public int below(int bound) {
        return next() % bound;
    }

    /** One of these. */
    public <T> T of(List<T> these) {
        return these.get(below(these.size()));
    }

    /** Any number. */
    public long number() {
        var number = 0L;
        for (var i = 0; i < Long.BYTES; i++) number = number << 8 | next();
        return number;
    }

    /** So many bytes, fewer where the input ends. */
    public byte[] bytes(int count) {
        var taken = Arrays.copyOfRange(input, at, Math.max(at, Math.min(input.length, at + count)));
        at += taken.length;
        return taken;
    }

    /** All that is left. */
    public byte[] rest() {
        return bytes(input.length);
    }

    /** A text of so many bytes at most, which need not be well-formed. */
    public String text(int bytesMax) {
        return new String(bytes(below(bytesMax + 1)), UTF_8);
    }

    /** All that is left as a text, a byte a character: what stands for it in a file reads the same. */
    public String restAsText() {
        return new String(rest(), UTF_8);
    }
}
