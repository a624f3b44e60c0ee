package sluice.rules.domain.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SightingsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void givenSomethingSeenTwice_whenAsked_thenItIsOneThingAndStillNobodysOwn() {
        var seen = Sightings.NONE.seen("phone", START).seen("phone", START.plusSeconds(5));

        assertThat(seen.find("phone")).hasValueSatisfying(phone -> {
            assertThat(phone.firstAt()).isEqualTo(START);
            assertThat(phone.lastAt()).isEqualTo(START.plusSeconds(5));
        });
        assertThat(seen.isKnown("phone")).isFalse();
        assertThat(seen.known("phone", START.plusSeconds(9)).isKnown("phone")).isTrue();
    }

    @Test
    void givenALateEvent_whenSeen_thenTheLastTimeDoesNotGoBack() {
        var seen = Sightings.NONE.seen("phone", START).seen("phone", START.minusSeconds(60));

        assertThat(seen.find("phone").orElseThrow().lastAt()).isEqualTo(START);
    }

    @Test
    void givenTheUsersOwnDevice_whenAStrangerTriesAThousand_thenItIsStillKnown() {
        var seen = Sightings.NONE.seen("own", START).known("own", START);
        for (var i = 1; i <= 1000; i++) seen = seen.seen("stranger-" + i, START.plusSeconds(i));

        assertThat(seen.isKnown("own")).isTrue();
        assertThat(seen.all()).hasSize(Sightings.MAX);
        assertThat(seen.find("stranger-1000")).isPresent();
        assertThat(seen.find("stranger-1")).isEmpty();
    }

    @Test
    void givenSomethingUnseenForMoreThanAYear_whenAnotherComes_thenItIsForgotten() {
        var later = START.plus(Sightings.AGE).plusSeconds(1);

        assertThat(Sightings.NONE
                        .seen("old", START)
                        .known("old", START)
                        .seen("new", later)
                        .all())
                .extracting(Sighting::value)
                .containsExactly("new");
    }

    /** Fewer values than the limit, so that a brute-force count is what it must give. */
    @Property
    void givenAnySightings_whenCounted_thenEveryWindowIsWhatABruteForceCountGives(
            @ForAll @Size(max = 100) List<@IntRange(max = 20) Integer> values,
            @ForAll @IntRange(max = 400_000) int gap) {
        var seen = Sightings.NONE;
        var last = new HashMap<String, Instant>();
        var now = START;
        for (var value : values) {
            now = now.plusSeconds(gap);
            seen = seen.seen("v" + value, now);
            last.put("v" + value, now);
        }

        for (var window : Window.values()) {
            var end = window.resolution().bucketAt(now);
            var brute = last.values().stream()
                    .filter(at -> window.holds(window.resolution().bucketAt(at), end))
                    .count();
            assertThat(seen.distinct(window, now)).as(window.name()).isEqualTo(brute);
        }
        assertThat(Duration.between(START, now)).isLessThan(Sightings.AGE.multipliedBy(2));
    }
}
