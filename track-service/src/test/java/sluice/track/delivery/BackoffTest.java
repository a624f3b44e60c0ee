package sluice.track.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "1, PT1S, PT2S",
        "2, PT2S, PT4S",
        "3, PT4S, PT8S",
        "8, PT2M8S, PT4M16S",
        "9, PT2M30S, PT5M",
        "100000, PT2M30S, PT5M"
    })
    void givenFailuresInARow_whenTheyGrow_thenTheWaitDoublesUpToFiveMinutes(
            int failures, Duration least, Duration most) {
        assertThat(Backoff.after(failures, 0, Optional.empty())).isEqualTo(least);
        assertThat(Backoff.after(failures, 1, Optional.empty())).isEqualTo(most);
    }

    @Property
    void givenAnyFailuresAndChance_whenAsked_thenTheWaitIsInItsBounds(
            @ForAll @IntRange(min = 1) int failures, @ForAll @DoubleRange(max = 1) double chance) {
        assertThat(Backoff.after(failures, chance, Optional.empty()))
                .isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S", "PT30S, PT30S", "PT1H, PT1H", "PT999H, PT1H"})
    void givenAReceiverThatAsksForPatience_whenItsWaitIsLonger_thenItIsHeededUpToAnHour(
            Duration asked, Duration waited) {
        assertThat(Backoff.after(1, 0, Optional.of(asked))).isEqualTo(waited);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                " 120 | PT2M",
                "Sat, 31 Jan 2026 12:00:30 GMT | PT30S",
                "Sat, 31 Jan 2026 11:59:30 GMT |",
                "-1 |",
                "99999999999999999999 |",
                "soon |"
            })
    void givenARetryAfter_whenRead_thenItIsSecondsOrADate(String header, Duration asked) {
        assertThat(Backoff.asked(header, NOW)).isEqualTo(Optional.ofNullable(asked));
    }
}
