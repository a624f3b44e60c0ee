package sluice.runtime.erasure.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import sluice.runtime.seal.domain.Epoch;

class LiveEpochsTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant MIDNIGHT = Instant.parse("2026-01-02T00:00:00Z");
    private static final Instant MORNING = Instant.parse("2026-01-01T09:30:00.250Z");

    private static LiveEpoch live(String name, Epoch epoch) {
        return new LiveEpoch(name, epoch, new byte[] {1});
    }

    @Test
    void givenNoEpoch_whenOneIsWanted_thenItBeginsNowAndEndsWithTheDay() {
        assertThat(LiveEpochs.NONE.wanted(MORNING, DAY)).contains(new Epoch(MORNING, MIDNIGHT));
    }

    @Test
    void givenTheEpochOfToday_whenHalfADayIsLeft_thenTomorrowsIsWanted() {
        var today = LiveEpochs.NONE.with(live("a", new Epoch(MORNING, MIDNIGHT)));
        var tomorrow = new Epoch(MIDNIGHT, MIDNIGHT.plus(DAY));

        assertThat(today.wanted(MORNING, DAY)).isEmpty();
        assertThat(today.wanted(MIDNIGHT.minus(DAY.dividedBy(2)), DAY)).contains(tomorrow);
        assertThat(today.with(live("b", tomorrow)).wanted(MIDNIGHT.minusSeconds(1), DAY))
                .isEmpty();
    }

    /** Processes look at once, and each makes one. */
    @Test
    void givenTwoOfOneTime_whenAskedFor_thenTheFirstOnTheLogCounts_evenAfterTheOtherWasRemoved() {
        var first = live("a", new Epoch(MORNING, MIDNIGHT));
        var second = live("b", new Epoch(MORNING.plusMillis(3), MIDNIGHT));
        var both = LiveEpochs.NONE.with(first).with(second);

        assertThat(both.at(MORNING.plusSeconds(1))).contains(first);
        assertThat(both.of(first.epoch().id())).contains(first);
        assertThat(both.over(MORNING)).containsExactly(second);
        assertThat(both.without("b").counting()).containsExactly(first);
    }

    @Test
    void givenAnEpochThatIsOver_whenLookedAt_thenItIsStillThereAndToBeRemoved() {
        var yesterday = live("a", new Epoch(MIDNIGHT.minus(DAY), MIDNIGHT));
        var today = live("b", new Epoch(MIDNIGHT, MIDNIGHT.plus(DAY)));
        var both = LiveEpochs.NONE.with(yesterday).with(today);

        assertThat(both.at(MIDNIGHT.minusMillis(1))).contains(yesterday);
        assertThat(both.at(MIDNIGHT)).contains(today);
        assertThat(both.over(MIDNIGHT)).containsExactly(yesterday);
        assertThat(both.without("a").of(yesterday.epoch().id())).isEmpty();
    }

    /** The setting has changed, or everything stood still for days. */
    @Test
    void givenAGapAndALaterEpoch_whenOneIsWanted_thenItFillsTheGapAndNoMore() {
        var later = live("a", new Epoch(MIDNIGHT.minusSeconds(60), MIDNIGHT.plus(DAY)));

        assertThat(LiveEpochs.NONE.with(later).wanted(MORNING, DAY))
                .contains(new Epoch(MORNING, MIDNIGHT.minusSeconds(60)));
    }

    @Test
    void givenARecordThatComesAgain_whenTaken_thenNothingChanges() {
        var once = LiveEpochs.NONE.with(live("a", new Epoch(MORNING, MIDNIGHT)));

        assertThat(once.with(live("a", new Epoch(MORNING, MIDNIGHT)))).isSameAs(once);
    }
}
