package sluice.runtime.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StandstillTest {
    private final AtomicLong now = new AtomicLong();
    private final Standstill standstill = new Standstill(Duration.ofSeconds(1), now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void givenAProcessThatGoesOn_whenLookedAt_thenThereWasNone() {
        var before = standstill.count();
        for (var tick = 0; tick < 100; tick++) {
            pass(Duration.ofMillis(100));
            standstill.tick();
        }

        assertThat(standstill.isSince(before)).isFalse();
    }

    /** Which thread goes on first after SIGCONT is not known: here it is the one that would put. */
    @Test
    void givenAProcessThatWasStopped_whenTheWriterGoesOnFirst_thenItIsSeen() {
        var before = standstill.count();
        pass(Duration.ofSeconds(2));

        assertThat(standstill.isSince(before)).isTrue();
    }

    @Test
    void givenAProcessThatWasStopped_whenTheTickGoesOnFirst_thenItIsStillSeen() {
        var before = standstill.count();
        pass(Duration.ofSeconds(2));
        standstill.tick();

        assertThat(standstill.isSince(before)).isTrue();
    }

    @Test
    void givenAPartitionThatWasTakenAnew_whenLookedAt_thenWhatWasBeforeCountsNoMore() {
        pass(Duration.ofSeconds(2));
        standstill.tick();
        var before = standstill.count();

        assertThat(standstill.isSince(before)).isFalse();
    }
}
