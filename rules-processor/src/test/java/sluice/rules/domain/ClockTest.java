package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.schemas.RefusalCause;
import sluice.schemas.VerificationResult;

/** S9: an ingress whose clock went back, or one of several that is behind. */
class ClockTest {
    private static final Duration STEP = Duration.ofSeconds(30);

    private final Story story = new Story(new Acme()).enrolled();

    @Test
    void s9_givenAChallengeWhoseTimeIsOver_whenTheClockGoesBackAndTheRightCodeComes_thenItStaysOver() {
        story.track("signIn", "1");
        story.after(Acme.LIFETIME.plusSeconds(1)).track("pay", "2");

        var late = story.after(Acme.LIFETIME.negated()).verify("signIn", "1", 0);

        assertThat(late.result()).isEqualTo(VerificationResult.EXPIRED);
    }

    @Test
    void s9_givenACodeOfAnHourAgo_whenTheClockGoesBackToIt_thenItIsNoCode() {
        var code = story.code(Acme.SECRET, 0);
        story.after(Duration.ofHours(1)).track("signIn", "1");

        var refused = story.after(Duration.ofHours(-1)).verify("signIn", "1", code);

        assertThat(refused.refusal()).contains(RefusalCause.WRONG_CODE);
    }

    @Test
    void s9_givenALock_whenTheClockGoesBack_thenItStaysAsLong() {
        for (var i = 0; i < 20; i++) {
            story.after(Duration.ofMinutes(2)).track("signIn", "wrong-" + i);
            story.verify("signIn", "wrong-" + i, story.wrongCode());
        }
        story.track("signIn", "1");

        assertThat(story.after(Duration.ofHours(-1)).verify("signIn", "1", 0).result())
                .isEqualTo(VerificationResult.LOCKED_OUT);
    }

    @Test
    void s9_givenIngressesSomeSecondsApart_whenTheOneBehindHasTheRightCode_thenItCounts() {
        story.after(Duration.ofSeconds(10)).track("signIn", "1");

        assertThat(story.after(Duration.ofSeconds(-3)).verify("signIn", "1", 0).result())
                .isEqualTo(VerificationResult.VERIFIED);
    }

    /** P5, S2: whatever the clocks do, the steps that are accepted rise. */
    @Property(tries = 200)
    void s9_whateverTheClocksDo_noStepIsAcceptedThatIsNotLaterThanAllBefore(
            @ForAll @Size(max = 30) List<@IntRange(min = -40, max = 40) Integer> steps) {
        var any = new Story(new Acme()).enrolled();
        var burnt = burntStep(any);
        for (var i = 0; i < steps.size(); i++) {
            any.after(STEP.multipliedBy(steps.get(i))).track("signIn", "key-" + i);
            var isVerified = any.verify("signIn", "key-" + i, 0).result() == VerificationResult.VERIFIED;

            var now = burntStep(any);
            assertThat(now).isGreaterThanOrEqualTo(burnt);
            if (isVerified) assertThat(now).isGreaterThan(burnt);
            burnt = now;
        }
    }

    private static long burntStep(Story story) {
        return story.user().authenticators().get(0).burntStep();
    }
}
