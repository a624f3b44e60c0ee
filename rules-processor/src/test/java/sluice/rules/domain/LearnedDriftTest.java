package sluice.rules.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import sluice.rules.domain.totp.ClockDrift;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.RefusalCause;
import sluice.schemas.VerificationResult;

/** S8: what the user's own codes tell of an app's clock, and what nobody can make of it (RFC 6238 section 6). */
class LearnedDriftTest {
    private static final Duration A_DAY = Duration.ofDays(1);

    private final Acme acme = new Acme();
    private final Story story = new Story(acme).enrolled(); // by the code of the step before
    private int actions;

    @Test
    void s8_givenThreeCodesInARowOfTheStepBefore_whenTheAppFallsFurtherBehind_thenItsCodesGoOnCounting() {
        verify(-1);
        assertThat(verify(-2).refusal()).contains(RefusalCause.WRONG_CODE);
        verify(-1);

        assertThat(verify(-2).result()).isEqualTo(VerificationResult.VERIFIED);
        assertThat(verify(-2).result()).isEqualTo(VerificationResult.VERIFIED);
    }

    @Test
    void s8_givenAnAppThatWasBehind_whenItsClockIsSetRight_thenItsCodesCountAndWhatWasLearnedIsForgotten() {
        verify(-1);
        verify(-1);

        assertThat(verify(0).result()).isEqualTo(VerificationResult.VERIFIED);
        assertThat(verify(-2).refusal()).contains(RefusalCause.WRONG_CODE);
        assertThat(verify(1).result()).isEqualTo(VerificationResult.VERIFIED);
    }

    /** Whoever holds back codes and hands each in as late as it counts gets a step out of it, and no second one. */
    @Test
    void s8_givenCodesHandedInAsLateAsTheyCount_whenTheyAreYetOlder_thenTheyNeverCount() {
        verify(-1);
        verify(-1);
        for (var i = 0; i < 20; i++) {
            assertThat(verify(-2).result()).isEqualTo(VerificationResult.VERIFIED);
            assertThat(verify(-3).refusal()).contains(RefusalCause.WRONG_CODE);
        }
    }

    @Test
    void s8_givenCodesThatDoNotCount_whenTheyCome_thenNothingIsLearned() {
        verify(-1);
        var before = clock();

        story.track("signIn", "again");
        assertThat(story.verify("signIn", "again", -1).refusal()).contains(RefusalCause.REPLAYED_CODE);
        verify(-2);
        story.after(A_DAY).track("signIn", "late");
        story.after(Acme.LIFETIME);
        assertThat(story.verify("signIn", "late", -1).result()).isEqualTo(VerificationResult.EXPIRED);
        acme.approvesVerification(true);
        assertThat(verify(-1).refusal()).contains(RefusalCause.APPROVAL_NEEDED);

        assertThat(clock()).isEqualTo(before).isEqualTo(new ClockDrift(-2));
    }

    @Test
    void s8_givenTheStrictProfile_whenTheClockWasKnownToBeOff_thenTheCurrentCodeAloneCounts() {
        verify(-1);
        verify(-1);
        story.after(A_DAY);

        assertThat(right(0)).containsExactly(0);
    }

    /** Each authenticator's clock is its own. */
    @Test
    void s8_givenTwoApps_whenOneIsBehind_thenTheOthersWindowStays() {
        var other = "12345678901234567891".getBytes(US_ASCII);
        story.track("enroll", "second");
        story.enroll("enroll", "second", true, other);
        story.verify("enroll", "second", story.code(other, 0));
        verify(-1);
        verify(-1);
        story.after(A_DAY);

        assertThat(verify(story.code(other, -2)).refusal()).contains(RefusalCause.WRONG_CODE);
        assertThat(verify(story.code(Acme.SECRET, -2)).result()).isEqualTo(VerificationResult.VERIFIED);
    }

    /** S28: whatever was learned, no more than three codes are right at a time, of steps at most two from now. */
    @Property(tries = 200)
    void s8_whateverCodesCame_threeCodesAreRightAtATimeAndTheCurrentOneIsAmongThem(
            @ForAll @Size(max = 20) List<@IntRange(min = -4, max = 4) Integer> steps) {
        steps.forEach(this::verify);
        story.after(A_DAY);

        assertThat(right(1)).hasSize(3).contains(0).allMatch(each -> Math.abs(each) <= 2);
    }

    /** The steps from now whose codes count now. */
    private List<Integer> right(int drift) {
        var check = new TotpCheck((tenantId, userId, authenticatorId, secret) -> secret.bytes());
        var method = new Setting.Authenticator(true, drift, Optional.empty());
        return IntStream.rangeClosed(-10, 10)
                .filter(steps -> check.judge(
                                story.user(), story.verifying("signIn", "any", story.code(Acme.SECRET, steps)), method)
                        instanceof Check.Right)
                .boxed()
                .toList();
    }

    private Outcome.Verified verify(int steps) {
        story.after(A_DAY);
        return verify(story.code(Acme.SECRET, steps));
    }

    private Outcome.Verified verify(String code) {
        var key = "key-" + actions++;
        story.track("signIn", key);
        return story.verify("signIn", key, code);
    }

    private ClockDrift clock() {
        return story.user().authenticators().get(0).clock();
    }
}
