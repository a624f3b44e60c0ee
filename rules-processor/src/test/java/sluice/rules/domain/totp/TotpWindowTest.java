package sluice.rules.domain.totp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.rules.testkit.Story;

class TotpWindowTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(US_ASCII);

    /** RFC 6238 Appendix B, SHA-1; the vectors have eight digits, an authenticator app shows the last six of them. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void givenTheVectorsOfRfc6238_whenMatched_thenTheStepIsTheirs(long epochSecond, String vector) {
        var at = Instant.ofEpochSecond(epochSecond);

        assertThat(new TotpWindow(0).match(SECRET, vector.substring(2), at, ClockDrift.NONE))
                .isEqualTo(OptionalLong.of(epochSecond / 30));
    }

    @ParameterizedTest
    @CsvSource({
        "-60, false",
        "-31, false",
        "-30, true",
        "-1, true",
        "0, true",
        "29, true",
        "30, true",
        "59, true",
        "60, false"
    })
    void givenADriftOfOne_whenTheClockIsOff_thenOneStepEachWayIsAccepted(long seconds, boolean isAccepted) {
        // 94287082 is the code of step 1, which begins at second 30; "seconds" is the server's clock from there
        var at = Instant.ofEpochSecond(30 + seconds);

        assertThat(new TotpWindow(1)
                        .match(SECRET, "287082", at, ClockDrift.NONE)
                        .isPresent())
                .isEqualTo(isAccepted);
    }

    /** S14: the work is the same whichever step matches, if any, and whatever was typed. */
    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "1", "none", "not a code", "\u0661\u0662\u0663\u0664\u0665\u0666", ""})
    void s14_givenACodeOfAnyStepOrOfNone_whenMatched_thenEveryStepIsCompared(String typed) {
        var at = Instant.ofEpochSecond(1_111_111_111);
        var code =
                switch (typed) {
                    case "-1" -> Story.codeAt(at.minusSeconds(30), SECRET);
                    case "0" -> Story.codeAt(at, SECRET);
                    case "1" -> Story.codeAt(at.plusSeconds(30), SECRET);
                    case "none" -> "000000";
                    default -> typed;
                };
        var lengths = new ArrayList<Integer>();

        new TotpWindow(1).match(SECRET, code, at, ClockDrift.NONE, (one, other) -> {
            lengths.add(one.length + other.length);
            return MessageDigest.isEqual(one, other);
        });

        assertThat(lengths).containsExactly(12, 12, 12);
    }

    /** S7: the strict profile (ASVS 6.5.5) accepts the current step alone. */
    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "29, true", "30, false"})
    void givenNoDrift_whenTheClockIsOff_thenOnlyTheStepItselfIsAccepted(long seconds, boolean isAccepted) {
        var at = Instant.ofEpochSecond(30 + seconds);

        assertThat(new TotpWindow(0)
                        .match(SECRET, "287082", at, ClockDrift.NONE)
                        .isPresent())
                .isEqualTo(isAccepted);
    }

    /** S15: full-width and Arabic digits are digits to some parsers, and a way around a comparison to an attacker. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "28708",
                "2870820",
                "287082 ",
                " 287082",
                "287 082",
                "28708a",
                "２８７０８２",
                "٢٨٧٠٨٢",
                "------",
                "-87082",
                "287082\n"
            })
    void givenAnythingButSixAsciiDigits_whenMatched_thenNothingMatches(String typed) {
        assertThat(new TotpWindow(1).match(SECRET, typed, Instant.ofEpochSecond(59), ClockDrift.NONE))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3})
    void givenADriftOutOfBounds_whenMade_thenItIsRefused(int drift) {
        assertThatThrownBy(() -> new TotpWindow(drift)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenATimeBeforeTheEpoch_whenItsStepIsAsked_thenStepsStillGoForward() {
        assertThat(TotpWindow.stepAt(Instant.ofEpochSecond(-1))).isEqualTo(-1);
    }

    /** S8: the window slides to where the app's clock is, the current step stays in it, and it grows no wider. */
    @ParameterizedTest
    @CsvSource({
        "1, -3, -2, 0",
        "1, -2, -1, 1",
        "1, 0, -1, 1",
        "1, 2, -1, 1",
        "1, 3, 0, 2",
        "0, -3, 0, 0",
        "0, 3, 0, 0",
        "2, 3, -1, 3"
    })
    void s8_givenWhatIsKnownOfTheClock_whenCodesOfEachStepAreMatched_thenTheWindowSlidesAndGrowsNoWider(
            int drift, int run, int first, int last) {
        var at = Instant.ofEpochSecond(1_111_111_111);
        var window = new TotpWindow(drift);

        var accepted = IntStream.rangeClosed(-6, 6)
                .filter(steps -> window.match(
                                SECRET, Story.codeAt(at.plusSeconds(30L * steps), SECRET), at, new ClockDrift(run))
                        .isPresent())
                .boxed()
                .toList();

        assertThat(accepted)
                .isEqualTo(IntStream.rangeClosed(first, last).boxed().toList());
    }

    /** S8, S28: whatever was learned, a guess is compared with as many codes as the published odds say. */
    @Property
    void s8_whateverIsKnownOfTheClock_asManyCodesAreComparedAndNowsIsAmongThem(
            @ForAll @IntRange(max = 2) int drift,
            @ForAll @IntRange(min = -ClockDrift.RUN_MAX, max = ClockDrift.RUN_MAX) int run,
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long epochSecond) {
        var at = Instant.ofEpochSecond(epochSecond);
        var compared = new ArrayList<String>();

        new TotpWindow(drift).match(SECRET, "000000", at, new ClockDrift(run), (one, other) -> {
            compared.add(new String(one, US_ASCII));
            return false;
        });

        assertThat(compared).hasSize(2 * drift + 1).contains(Story.codeAt(at, SECRET));
    }

    @Property
    void theMatchedStepLiesInTheWindow(
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long epochSecond,
            @ForAll @IntRange(max = 999_999) int code) {
        var at = Instant.ofEpochSecond(epochSecond);

        var matched = new TotpWindow(1).match(SECRET, "%06d".formatted(code), at, ClockDrift.NONE);

        matched.ifPresent(step -> assertThat(step).isBetween(epochSecond / 30 - 1, epochSecond / 30 + 1));
    }
}
