package sluice.bench.bare;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How large the bare system's records are, in bytes, each as large as Sluice's is on average.
 *
 * @param event that a call or a platform publishes
 * @param user the first processor's record of a user
 * @param decision that it tells
 * @param action the second processor's record of an action
 * @param transition that it tells everybody
 * @param reply that it tells the ingress
 * @param answer that the ingress gives
 */
public record Sizes(int event, int user, int decision, int action, int transition, int reply, int answer) {
    static final int BYTES = 7 * Integer.BYTES;

    /** As arguments of a process. */
    public List<String> arguments() {
        return all().mapToObj(String::valueOf).toList();
    }

    private IntStream all() {
        return IntStream.of(event, user, decision, action, transition, reply, answer);
    }

    static Sizes of(String... arguments) {
        return of(Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray());
    }

    private static Sizes of(int... each) {
        return new Sizes(each[0], each[1], each[2], each[3], each[4], each[5], each[6]);
    }

    void write(ByteBuffer to) {
        all().forEach(to::putInt);
    }

    static Sizes read(ByteBuffer from) {
        return of(IntStream.generate(from::getInt).limit(BYTES / Integer.BYTES).toArray());
    }
}
