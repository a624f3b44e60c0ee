package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.Sluice;

/** More calls than an ingress may have in progress: it refuses what is beyond, and answers the others as before. */
@ExtendWith(KafkaBroker.class)
class OverloadTest {
    private static final int IN_FLIGHT_MAX = 8;
    private static final int CALLERS = 96;
    private static final int CALLS_EACH = 12;

    /** Of the time that a call takes with as many in flight as may be: generous, the machine is shared with the callers. */
    private static final double SLOWER_AT_MOST = 20;

    @TempDir
    private Path folder;

    private record Timed(Answer answer, long nanos) {}

    @Test
    void givenTwelveTimesTheCallsThatMayWait_whenTheyCome_thenThoseBeyondAreRefusedAndTheOthersAreNotSlow(
            Bootstrap kafka) throws Exception {
        try (var sluice = Sluice.on(kafka, folder)
                .with("SLUICE_IN_FLIGHT_MAX", String.valueOf(IN_FLIGHT_MAX))
                .start()) {
            var callers = Executors.newFixedThreadPool(CALLERS);
            flood(sluice, callers, IN_FLIGHT_MAX, "warm");
            var within = flood(sluice, callers, IN_FLIGHT_MAX, "within");

            var beyond = flood(sluice, callers, CALLERS, "beyond");

            assertThat(within)
                    .allSatisfy(call -> assertThat(call.answer().status()).isEqualTo(200));
            assertThat(beyond).filteredOn(call -> call.answer().status() == 200).isNotEmpty();
            assertThat(beyond)
                    .filteredOn(call -> call.answer().status() != 200)
                    .isNotEmpty()
                    .allSatisfy(call -> {
                        assertThat(call.answer().status()).isEqualTo(503);
                        assertThat(call.answer().retryAfter()).isPresent();
                        assertThat(call.answer().text("errorCode")).isEqualTo("service_unavailable");
                    });
            assertThat((double) median(beyond) / median(within)).isLessThan(SLOWER_AT_MOST);
            assertThat(flood(sluice, callers, 1, "after"))
                    .as("every place is given back")
                    .allSatisfy(call -> assertThat(call.answer().status()).isEqualTo(200));
            callers.shutdownNow();
        }
    }

    private static List<Timed> flood(Sluice sluice, ExecutorService callers, int atOnce, String name)
            throws InterruptedException, ExecutionException {
        var number = new AtomicInteger();
        List<Callable<List<Timed>>> work = IntStream.range(0, atOnce)
                .<Callable<List<Timed>>>mapToObj(caller -> () -> {
                    var calls = new ArrayList<Timed>();
                    for (var call = 0; call < CALLS_EACH; call++) {
                        var begun = System.nanoTime();
                        var answer = sluice.api(0).track(name + number.incrementAndGet(), "browse", Map.of());
                        calls.add(new Timed(answer, System.nanoTime() - begun));
                    }
                    return calls;
                })
                .toList();
        var all = new ArrayList<Timed>();
        for (var done : callers.invokeAll(work)) all.addAll(done.get());
        return all;
    }

    /** Of the calls that were answered. */
    private static long median(List<Timed> calls) {
        var answered = calls.stream()
                .filter(call -> call.answer().status() == 200)
                .mapToLong(Timed::nanos)
                .sorted()
                .toArray();
        return answered[answered.length / 2];
    }
}
