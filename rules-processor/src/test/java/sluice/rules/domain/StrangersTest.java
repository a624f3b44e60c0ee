package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.rules.domain.throttle.Throttle;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.schemas.VerificationResult;

/** E12, S6: an owner on a device that is known, and strangers who have the user's password. */
class StrangersTest {
    private static final Signals LAPTOP = Signals.NONE.withDeviceId(Optional.of("laptop"));
    private static final Signals STRANGER = Signals.NONE.withDeviceId(Optional.of("stranger"));

    private final Story story = new Story(new Acme());

    @Test
    void e12_givenStrangersWhoAreLockedOutForGood_whenTheOwnerAnswersOnAKnownDevice_thenItCounts() {
        enrolledOnTheLaptop();
        for (var i = 0; i < Throttle.STRANGERS_FAILURES_MAX; i++) fail(STRANGER, Duration.ofHours(2));

        assertThat(right(STRANGER)).isEqualTo(VerificationResult.LOCKED_OUT);
        assertThat(right(LAPTOP)).isEqualTo(VerificationResult.VERIFIED);
        story.after(Duration.ofDays(1));
        assertThat(right(STRANGER))
                .as("S6: her success clears none of theirs")
                .isEqualTo(VerificationResult.LOCKED_OUT);
    }

    @Test
    void e12_givenAFloodOfStrangers_whenTheOwnerAnswersOnAKnownDevice_thenItIsLookedAt() {
        enrolledOnTheLaptop();
        for (var i = 0; i < 3 * Throttle.ATTEMPTS_MAX; i++) fail(STRANGER, Duration.ofSeconds(1));

        assertThat(right(STRANGER)).isEqualTo(VerificationResult.RATE_LIMITED);
        assertThat(right(LAPTOP)).isEqualTo(VerificationResult.VERIFIED);
    }

    @Test
    void e12_givenTheOwnersOpenChallenge_whenStrangersStartMoreThanAreRemembered_thenHersIsAmongThoseThatAre() {
        enrolledOnTheLaptop();
        var hers = story.track("signIn", LAPTOP).action();
        for (var i = 0; i < 2 * User.RECENT_ACTIONS_MAX; i++) story.track("signIn", STRANGER);

        assertThat(story.verify("signIn", hers.idempotencyKey(), 0).result()).isEqualTo(VerificationResult.VERIFIED);
    }

    @Test
    void s6_givenStrangersFailures_whenTheOwnerSignsInBetweenThem_thenTheyGetNoFreshCount() {
        enrolledOnTheLaptop();
        for (var i = 0; i < Throttle.FAILURES_PER_LOCK - 1; i++) fail(STRANGER, Duration.ofHours(2));
        assertThat(right(LAPTOP)).isEqualTo(VerificationResult.VERIFIED);

        fail(STRANGER, Duration.ofHours(2));

        assertThat(right(STRANGER)).isEqualTo(VerificationResult.LOCKED_OUT);
    }

    private void enrolledOnTheLaptop() {
        var key = story.track("enroll", LAPTOP).action().idempotencyKey();
        story.enroll("enroll", key, false);
        story.verify("enroll", key, 0);
        story.after(Duration.ofMinutes(10));
    }

    private void fail(Signals from, Duration later) {
        var key = story.after(later).track("signIn", from).action().idempotencyKey();
        story.verify("signIn", key, story.wrongCode());
    }

    private VerificationResult right(Signals from) {
        var key = story.track("signIn", from).action().idempotencyKey();
        return story.verify("signIn", key, 0).result();
    }
}
