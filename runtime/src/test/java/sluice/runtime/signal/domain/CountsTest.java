package sluice.runtime.signal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CountsTest {
    private static final Instant AT = Instant.parse("2026-01-01T12:00:30Z");
    private static final long MINUTE = Counts.minuteOf(AT);

    /** However long after they were counted: what was the newest then grows old. */
    @Property
    void givenAnyMinutes_whenAskedLater_thenWhatIsLeftIsWhatABruteForceCountGives(
            @ForAll List<@LongRange(max = 2 * 24 * 60) Long> ago, @ForAll @IntRange(max = 3000) int minutesLater) {
        var seen = ago.stream().map(minutes -> MINUTE - minutes).toList();
        var later = AT.plus(Duration.ofMinutes(minutesLater));
        var minute = Counts.minuteOf(later);

        var counts = Counts.of(seen, AT);

        assertThat(counts.lastHour(later))
                .isEqualTo(seen.stream().filter(each -> each > minute - 60).count());
        assertThat(counts.lastDay(later))
                .isEqualTo(seen.stream()
                        .filter(each -> each / 60 > minute / 60 - 24)
                        .count());
    }

    @Property
    void givenAnyMinutes_whenCounted_thenThereAreNoMoreStretchesThanTheWindowsHave(
            @ForAll List<@LongRange(max = 3 * 24 * 60) Long> ago) {
        var counts = Counts.of(ago.stream().map(minutes -> MINUTE - minutes).toList(), AT);

        assertThat(counts.minutes()).hasSizeLessThanOrEqualTo(60);
        assertThat(counts.hours()).hasSizeLessThanOrEqualTo(24);
    }

    /** Another ingress's clock may be some seconds ahead; an event of next week is no reason to count it now. */
    @Test
    void givenOnesThatAreYetToCome_whenAsked_thenThoseOfAClockALittleAheadCount() {
        var counts = Counts.of(List.of(MINUTE, MINUTE + 1, MINUTE + 2, MINUTE + 7 * 24 * 60), AT);

        assertThat(counts.lastHour(AT)).isEqualTo(2);
        assertThat(counts.lastDay(AT)).isEqualTo(3);
    }
}
