package sluice.rules.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.Signals;
import sluice.rules.domain.User;
import sluice.rules.domain.history.Surroundings;
import sluice.rules.domain.throttle.Source;
import sluice.rules.domain.throttle.Throttle;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.runtime.seal.Keyset;
import sluice.schemas.wire.ReleasedSchemas;

class ThrottleMapperTest {
    private static final ActionKey ACTION = new ActionKey("signIn", "1");

    @TempDir
    private Path folder;

    private UserMapper mapper;

    @BeforeEach
    void open() throws IOException {
        mapper = new UserMapper(Keyset.open(folder), ReleasedSchemas.load());
    }

    @Test
    void givenAUserWithDevicesAndStrangers_whenStoredAndRead_thenTheyAreTheSame() {
        var user = failing();

        assertThat(mapper.toDomain(mapper.toAvro(user))).isEqualTo(user);
    }

    /** E11. */
    @Test
    void givenADevice_whenStored_thenItIsNotInTheClear() {
        var stored = mapper.toAvro(failing());

        assertThat(stored.toString()).doesNotContain("laptop", deviceHash());
    }

    /** A record of before there were devices: its failures are strangers', of long ago and nowhere. */
    @Test
    void givenARecordOfBefore_whenRead_thenItsFailuresAndItsLockAreStrangers() {
        var before = mapper.toAvro(failing());
        before.setSealedThrottle(null);
        before.setConsecutiveFailures(19);

        var throttle = mapper.toDomain(before).throttle();

        var at = Instant.parse("2026-02-01T00:00:00Z");
        assertThat(throttle.strangersFailures()).isEqualTo(19);
        assertThat(throttle.failed(ACTION, at).lockedUntil(ACTION, at)).isPresent();
        assertThat(throttle.succeeded(ACTION, at))
                .extracting(Throttle::outstanding)
                .isEqualTo(0);
    }

    private static User failing() {
        var story = new Story(new Acme());
        var laptop = Signals.NONE.withDeviceId(Optional.of("laptop"));
        var key = story.track("enroll", laptop).action().idempotencyKey();
        story.enroll("enroll", key, false);
        story.verify("enroll", key, 0);
        for (var signals : List.of(laptop, Signals.NONE)) {
            var next =
                    story.after(Duration.ofSeconds(30)).track("signIn", signals).action();
            story.verify("signIn", next.idempotencyKey(), story.wrongCode());
        }
        return story.user();
    }

    private static String deviceHash() {
        var came = new Surroundings(
                Optional.of("laptop"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return Source.of(came).device().orElseThrow();
    }
}
