package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import sluice.rules.domain.throttle.Throttle;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.schemas.ActionState;
import sluice.schemas.VerificationMethod;

/** The promises that the function keeps whatever the story is (design section 2). */
class DeciderTest {
    private static final List<ActionState> STATES = List.of(
            ActionState.CHALLENGE_REQUIRED, ActionState.BLOCK, ActionState.CHALLENGE_SUCCEEDED, ActionState.ALLOW);
    private static final int KINDS = 13;

    /** P2: what a crash does under at-least-once: the last events come again, and the state remembers them. */
    @Property(tries = 300)
    void anEventThatComesAgainChangesNothingAndIsAnsweredAlike(
            @ForAll @Size(max = 30) List<@IntRange(max = KINDS - 1) Integer> kinds,
            @ForAll @IntRange(min = 1, max = 10) int redelivered) {
        var story = new Story(new Acme()).enrolled();
        kinds.forEach(kind -> play(story, kind));
        var told = story.told();
        var outcomes = story.outcomes();
        var before = story.user();

        for (var i = Math.max(0, told.size() - redelivered); i < told.size(); i++) {
            assertThat(story.tell(told.get(i))).isEqualTo(outcomes.get(i));
        }
        assertThat(story.user()).usingRecursiveComparison().isEqualTo(before);
    }

    /** P3: the same events into empty state give the same outcomes. */
    @Property(tries = 200)
    void aReplayGivesTheSameOutcomes(@ForAll @Size(max = 30) List<@IntRange(max = KINDS - 1) Integer> kinds) {
        var acme = new Acme();
        var story = new Story(acme);
        kinds.forEach(kind -> play(story, kind));

        var replay = new Story(acme);
        story.told().forEach(replay::tell);

        assertThat(replay.outcomes()).isEqualTo(story.outcomes());
    }

    /** P5, P6: whatever happens, a step of an authenticator is accepted once, and nothing is burnt without that. */
    @Property(tries = 300)
    void noStepIsAcceptedTwice(@ForAll @Size(max = 60) List<@IntRange(max = KINDS - 1) Integer> kinds) {
        var story = new Story(new Acme());
        var accepted = new HashMap<String, Long>();
        for (var kind : kinds) {
            play(story, kind).stream()
                    .flatMap(outcome -> outcome instanceof Outcome.Verified verified
                            ? verified.authenticator().stream()
                            : Stream.empty())
                    .forEach(authenticator -> {
                        var step = burntStep(story, authenticator.authenticatorId());
                        var before = accepted.put(authenticator.authenticatorId(), step);
                        assertThat(before == null || before < step).isTrue();
                    });
            assertThat(story.user().authenticators()).allSatisfy(each -> assertThat(each.burntStep())
                    .isEqualTo(accepted.getOrDefault(each.id(), EnrolledAuthenticator.NO_STEP)));
            assertThat(story.user().authenticators().stream().filter(EnrolledAuthenticator::isDefault))
                    .hasSize(story.user().isEnrolled() ? 1 : 0);
        }
    }

    @Test
    void givenAnyAmountOfEvents_whenTheUserIsKept_thenNothingGrowsBeyondItsLimit() {
        var story = new Story(new Acme()).enrolled();
        for (var i = 0; i < 500; i++) {
            story.after(Duration.ofMillis(700)).track("signIn", "key-" + i);
            story.verify("signIn", "key-" + i, story.wrongCode());
        }

        assertThat(story.user().answers()).hasSizeLessThanOrEqualTo(User.ANSWERS_MAX);
        assertThat(story.user().recentActions()).hasSizeLessThanOrEqualTo(User.RECENT_ACTIONS_MAX);
        assertThat(story.user().throttle().strangers().attemptsAt()).hasSizeLessThanOrEqualTo(Throttle.ATTEMPTS_MAX);
    }

    @Test
    void givenAnOldUser_whenTheyComeBack_thenOnlyWhatStillMattersIsKept() {
        var story = new Story(new Acme()).enrolled();
        story.track("signIn", "before");
        for (var i = 0; i < 4; i++) story.verify("signIn", "before", story.wrongCode());

        story.after(Duration.ofDays(30)).track("signIn", "back");

        assertThat(story.user().recentActions()).hasSize(1);
        assertThat(story.user().answers()).hasSize(User.ANSWERS_KEPT);
        assertThat(story.user().isEnrolled()).isTrue();
    }

    private static long burntStep(Story story, String authenticatorId) {
        return story.user().authenticators().stream()
                .filter(each -> each.id().equals(authenticatorId))
                .findFirst()
                .orElseThrow()
                .burntStep();
    }

    private static String someAuthenticator(Story story) {
        if (story.told().isEmpty()) return "nobody's";
        return story.user().authenticators().stream()
                .map(EnrolledAuthenticator::id)
                .findFirst()
                .orElse("nobody's");
    }

    /** One of the things that can happen next to one user, one authenticator and a few actions. */
    private static List<Outcome> play(Story story, int kind) {
        var size = story.told().size();
        switch (kind) {
            case 0 -> story.track("signIn", "key-" + size % 3);
            case 1 -> story.enroll("signIn", "key-0", false);
            case 2 -> story.verify("signIn", "key-0", 0);
            case 3 -> story.verify("signIn", "key-1", -1);
            case 4 -> story.verify("signIn", "key-" + size % 3, story.wrongCode());
            case 5 -> story.after(Duration.ofSeconds(20)).track("pay", "key-0");
            case 6 -> story.expire("signIn", "key-" + size % 3);
            case 7 -> story.deleteAuthenticator(someAuthenticator(story));
            case 8 -> story.deleteUser();
            case 9 -> story.update(Profile.tracked(Optional.of("at " + size), Optional.empty(), Optional.empty()));
            case 10 -> story.vouch(VerificationMethod.SMS, "+1555010" + size % 3, Optional.of(size % 2 == 0));
            case 11 -> story.updateAction("signIn", "key-" + size % 3, STATES.get(size % STATES.size()));
            default -> story.after(Duration.ofSeconds(50)).verify("pay", "key-0", 1);
        }
        return story.outcomes().get(story.outcomes().size() - 1);
    }
}
