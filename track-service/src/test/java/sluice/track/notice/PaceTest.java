package sluice.track.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.schemas.VerificationMethod;
import sluice.track.mail.News;

/** S18: told of every change, flooded by none. */
class PaceTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final Pace pace = new Pace();

    private static Notice notice(String eventId, String userId, Instant at) {
        return new Notice(
                eventId, "acme", userId, at, List.of(News.ADDED), VerificationMethod.PASSKEY, Optional.empty());
    }

    private boolean admits(int each, String userId, Instant at) {
        return pace.admits(notice("event-" + each, userId, at));
    }

    @Test
    void givenMoreChangesThanAnHourHasNoticesFor_whenTheyCome_thenTheRestIsHeldBackUntilItIsOver() {
        var admitted = IntStream.range(0, 15)
                .filter(each -> admits(each, "ada", NOON.plusSeconds(each)))
                .count();

        assertThat(admitted).isEqualTo(Pace.NOTICES_MAX);
        assertThat(admits(0, "ada", NOON)).as("one that comes again").isTrue();
        assertThat(admits(20, "bob", NOON)).as("of somebody else").isTrue();
        assertThat(admits(21, "ada", NOON.plus(Pace.WINDOW))).isTrue();
        assertThat(admits(22, "ada", NOON.plus(Pace.WINDOW))).isFalse();
    }
}
