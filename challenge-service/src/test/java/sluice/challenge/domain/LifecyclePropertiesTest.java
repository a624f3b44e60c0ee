package sluice.challenge.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import sluice.challenge.testkit.Ada;
import sluice.schemas.ActionState;
import sluice.schemas.VerificationResult;

/** The promises that the lifecycle keeps whatever comes, however often and in whatever order (design section 2). */
class LifecyclePropertiesTest {

    /** An action's life so far; null stands for the decision among its verifications. */
    private static final class Life {
        private Optional<Action> action = Optional.empty();
        private final List<Outcome> outcomes = new ArrayList<>();

        Life after(List<@Nullable Verification> events) {
            events.forEach(this::comes);
            return this;
        }

        private List<Outcome> comes(@Nullable Verification event) {
            var step = event == null
                    ? Lifecycle.decided(action, Ada.challenged(), Ada.asks(Ada.TRACK))
                    : Lifecycle.verified(action, event, Ada.asks(event.causeId()));
            action = Optional.of(step.after());
            outcomes.addAll(step.outcomes());
            return step.outcomes();
        }

        Action.Decided decided() {
            return (Action.Decided) action.orElseThrow();
        }

        List<Transition> transitions() {
            return outcomes.stream()
                    .filter(Outcome.Transitioned.class::isInstance)
                    .map(each -> ((Outcome.Transitioned) each).transition())
                    .toList();
        }
    }

    /** A verify event each, whose number is its place. */
    @Provide
    Arbitrary<List<Verification>> verifications() {
        return Arbitraries.of(VerificationResult.class)
                .filter(result -> result != VerificationResult.UNKNOWN)
                .list()
                .ofMaxSize(Action.Awaiting.WAITING_MAX)
                .map(results -> IntStream.range(0, results.size())
                        .mapToObj(i -> Ada.verified(i + 1, results.get(i)))
                        .toList());
    }

    @Property(tries = 500)
    void p7_noStateIsEverLeftForAnEarlierOne(
            @ForAll("verifications") List<Verification> verifications,
            @ForAll @Size(max = 40) List<@IntRange(max = 20) Integer> order) {
        var life = new Life();
        Optional<ActionState> ended = Optional.empty();
        for (var place : order) {
            life.comes(place < verifications.size() ? verifications.get(place) : null);
            if (!(life.action.orElseThrow() instanceof Action.Decided action)) continue;
            if (ended.isPresent()) assertThat(action.state()).isEqualTo(ended.get());
            if (!action.isOpen()) ended = Optional.of(action.state());
        }
        assertThat(life.transitions().stream().distinct().count()).isLessThanOrEqualTo(2);
    }

    @Property(tries = 500)
    void p6_aChallengeSucceedsOnlyIfARightCodeCameBeforeItsEnd(
            @ForAll("verifications") List<Verification> verifications) {
        var action = new Life().after(decisionFirst(verifications)).decided();

        var end = verifications.stream()
                .filter(each -> Trigger.of(each.result()).isPresent())
                .findFirst();
        var expected = end.map(Verification::result)
                .map(result -> result == VerificationResult.VERIFIED
                        ? ActionState.CHALLENGE_SUCCEEDED
                        : ActionState.CHALLENGE_FAILED)
                .orElse(ActionState.CHALLENGE_REQUIRED);
        assertThat(action.state()).isEqualTo(expected);
    }

    /** P2: what a crash does under at-least-once: the last events come again, and the state remembers them. */
    @Property(tries = 500)
    void p2_whatComesAgainChangesNothingAndTellsNoNewTransition(
            @ForAll("verifications") List<Verification> verifications,
            @ForAll @IntRange(max = 16) int before,
            @ForAll @IntRange(max = 17) int again) {
        var events = decisionAfter(before, verifications);
        var life = new Life().after(events);
        var action = life.action;
        var told = List.copyOf(life.transitions());

        life.after(events.subList(events.size() - Math.min(again, events.size()), events.size()));

        assertThat(life.action).isEqualTo(action);
        assertThat(told).containsAll(life.transitions());
    }

    @Property(tries = 500)
    void p2_eachEventTwiceIsEachEventOnce(
            @ForAll("verifications") List<Verification> verifications, @ForAll @IntRange(max = 16) int before) {
        var events = decisionAfter(before, verifications);
        var twice = new ArrayList<@Nullable Verification>();
        events.forEach(event -> {
            twice.add(event);
            twice.add(event);
        });

        var once = new Life().after(events);

        assertThat(new Life().after(twice).action).isEqualTo(once.action);
    }

    /** P3: two topics, read in whatever order a replay reads them. */
    @Property(tries = 500)
    void p3_whereverTheDecisionComesTheActionEndsAlikeAndAllAreAnswered(
            @ForAll("verifications") List<Verification> verifications, @ForAll @IntRange(max = 16) int before) {
        var first = new Life().after(decisionFirst(verifications));

        var late = new Life().after(decisionAfter(before, verifications));

        assertThat(late.action).isEqualTo(first.action);
        assertThat(late.outcomes).isEqualTo(first.outcomes);
    }

    private static List<@Nullable Verification> decisionFirst(List<Verification> verifications) {
        return decisionAfter(0, verifications);
    }

    private static List<@Nullable Verification> decisionAfter(int place, List<Verification> verifications) {
        var before = Math.min(place, verifications.size());
        var events = new ArrayList<@Nullable Verification>();
        events.addAll(verifications.subList(0, before));
        events.add(null);
        events.addAll(verifications.subList(before, verifications.size()));
        return events;
    }
}
