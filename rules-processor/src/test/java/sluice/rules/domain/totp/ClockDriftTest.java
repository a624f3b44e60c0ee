package sluice.rules.domain.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockDriftTest {
    @ParameterizedTest
    @CsvSource({
        "-1, 0",
        "-1 -1, 0",
        "-1 -1 -1, -1",
        "-1 -1 -1 -2 -1, -1",
        "-1 -1 -1 0, 0",
        "-1 -1 0 -1 -1, 0",
        "-1 -1 1 -1 -1, 0",
        "1 1 1, 1",
        "1 1 1 2 2 2 2, 1",
        "1 1 1 -1, 0"
    })
    void s8_givenAcceptedCodes_whenThreeInARowLieOnOneSide_thenTheClockIsAStepOff(String accepted, int steps) {
        var drift = after(Stream.of(accepted.split(" ")).map(Integer::valueOf).toList());

        assertThat(drift.steps()).isEqualTo(steps);
    }

    @Property
    void s8_whateverWasAccepted_itIsAStepAtMostAndACurrentCodeTakesItBack(
            @ForAll List<@IntRange(min = -9, max = 9) Integer> accepted) {
        var drift = after(accepted);

        assertThat(drift.steps()).isBetween(-1, 1);
        assertThat(drift.accepted(0)).isEqualTo(ClockDrift.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {-4, 4})
    void givenARunOutOfBounds_whenMade_thenItIsRefused(int run) {
        assertThatThrownBy(() -> new ClockDrift(run)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ClockDrift after(List<Integer> accepted) {
        var drift = ClockDrift.NONE;
        for (var off : accepted) drift = drift.accepted(off);
        return drift;
    }
}
