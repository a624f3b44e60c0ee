package sluice.track.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A partition's events go out in order, one at a time, and none is passed over before it was taken. */
class LaneTest {
    private static final Attempt FAILED = Attempt.failed("answered 500");
    private static final int EVENTS = 5;
    private static final Duration GIVE_UP_AFTER = Duration.ofDays(3);
    private static final int TRIES = 40;

    /** A lane, what it sends and the clock that it looks at. */
    private static final class Bench {
        private Instant now = Instant.parse("2026-01-31T12:00:00Z");
        private final List<String> sent = new ArrayList<>();
        private CompletableFuture<Attempt> answer = new CompletableFuture<>();
        private final List<String> givenUp = new ArrayList<>();
        private final Lane<String> lane = new Lane<>(
                this::send,
                () -> now,
                () -> 0,
                (attempt, tries, age) -> attempt.end() != Attempt.End.UNADDRESSED
                        && (age.compareTo(GIVE_UP_AFTER) >= 0 || tries == TRIES),
                (event, offset) -> givenUp.add(event + "@" + offset));

        private CompletableFuture<Attempt> send(String event) {
            sent.add(event);
            answer = new CompletableFuture<>();
            return answer;
        }

        private Bench with(int events) {
            for (var offset = 0; offset < events; offset++) {
                lane.add(offset, now, Optional.of("e" + offset));
            }
            return this;
        }

        private void answers(Attempt attempt) {
            answer.complete(attempt);
        }

        private void pass(Duration time) {
            now = now.plus(time);
            lane.step();
        }
    }

    @Test
    void givenSeveralEvents_whenTheFirstIsOnItsWay_thenTheNextWaits() {
        var bench = new Bench().with(2);

        bench.lane.step();
        bench.lane.step();

        assertThat(bench.sent).containsExactly("e0");
        assertThat(bench.lane.uncommitted()).isEmpty();
    }

    @Test
    void givenAnEventThatWasTaken_whenTheAnswerComes_thenTheNextGoesAtOnceAndTheOffsetIsDone() {
        var bench = new Bench().with(2);
        bench.lane.step();

        bench.answers(Attempt.DELIVERED);

        assertThat(bench.sent).containsExactly("e0", "e1");
        assertThat(bench.lane.uncommitted()).hasValue(1);
        bench.lane.committed(1);
        assertThat(bench.lane.uncommitted()).isEmpty();
    }

    @Test
    void givenAFailure_whenItsWaitIsNotOver_thenNothingIsSentAndThenTheSameAgain() {
        var bench = new Bench().with(2);
        bench.lane.step();
        bench.answers(FAILED);

        bench.pass(Duration.ofMillis(999));
        assertThat(bench.sent).containsExactly("e0");

        bench.pass(Duration.ofMillis(1));
        assertThat(bench.sent).containsExactly("e0", "e0");
        assertThat(bench.lane.uncommitted()).isEmpty();
        assertThat(bench.lane.age()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void givenAnEventThatIsRefusedForGood_whenItIsOld_thenItIsGivenUpAndThoseBehindItGoOn() {
        var bench = new Bench().with(2);
        bench.lane.step();
        bench.answers(FAILED);
        bench.pass(GIVE_UP_AFTER.minusSeconds(1));
        bench.answers(FAILED);
        assertThat(bench.givenUp).isEmpty();

        bench.pass(Duration.ofMinutes(5));
        bench.answers(FAILED);

        assertThat(bench.givenUp).containsExactly("e0@0");
        assertThat(bench.lane.uncommitted()).hasValue(1);
        assertThat(bench.sent).as("the next waits as after any failure").containsExactly("e0", "e0", "e0");
        bench.pass(Duration.ofMinutes(5));
        bench.answers(Attempt.DELIVERED);
        assertThat(bench.sent).endsWith("e1");
        assertThat(bench.givenUp).hasSize(1);
        assertThat(bench.lane.isEmpty()).isTrue();
    }

    @Test
    void givenAnEventThatIsRefusedOften_whenTheNextIsToo_thenItsTriesAreCountedAnew() {
        var bench = new Bench().with(2);
        bench.lane.step();
        for (var tries = 0; tries < TRIES; tries++) {
            bench.answers(FAILED);
            bench.pass(Duration.ofMinutes(5));
        }
        bench.answers(FAILED);
        bench.pass(Duration.ofMinutes(5));

        assertThat(bench.givenUp).containsExactly("e0@0");
        assertThat(bench.sent).endsWith("e1", "e1");
    }

    @Test
    void givenAnOldEventAndNobodyToSendItTo_whenItIsTried_thenItIsKept() {
        var bench = new Bench().with(1);
        bench.pass(GIVE_UP_AFTER.plusDays(1));

        bench.answers(Attempt.UNADDRESSED);

        assertThat(bench.givenUp).isEmpty();
        assertThat(bench.lane.isEmpty()).isFalse();
    }

    @Test
    void givenAnotherReceiver_whenTheLaneIsHurried_thenItDoesNotWait() {
        var bench = new Bench().with(1);
        bench.lane.step();
        bench.answers(FAILED);

        bench.lane.hurry();
        bench.lane.step();

        assertThat(bench.sent).containsExactly("e0", "e0");
    }

    @Test
    void givenRecordsThatTellOfNothing_whenStepped_thenTheyArePassedOver() {
        var bench = new Bench();
        bench.lane.add(7, bench.now, Optional.empty());

        bench.lane.step();

        assertThat(bench.sent).isEmpty();
        assertThat(bench.lane.isEmpty()).isTrue();
        assertThat(bench.lane.uncommitted()).hasValue(8);
    }

    @Test
    void givenAClosedLane_whenTheAnswerOfTheLastComes_thenItCountsAndNothingMoreIsSent() {
        var bench = new Bench().with(2);
        bench.lane.step();
        bench.lane.close();

        bench.answers(Attempt.DELIVERED);

        assertThat(bench.sent).containsExactly("e0");
        assertThat(bench.lane.isSending()).isFalse();
        assertThat(bench.lane.uncommitted()).hasValue(1);
    }

    @Property
    void givenAnyRowOfAnswers_whenTheyCome_thenEachEventIsSentUntilItIsTakenAndInOrder(
            @ForAll @Size(max = 30) List<Boolean> answers) {
        var bench = new Bench().with(EVENTS);
        var expected = new ArrayList<String>();
        var taken = 0;
        bench.lane.step();
        for (var isTaken : answers) {
            if (taken == EVENTS) break;
            expected.add("e" + taken);
            assertThat(bench.sent).isEqualTo(expected);
            bench.answers(isTaken ? Attempt.DELIVERED : FAILED);
            if (isTaken) taken++;
            assertThat(bench.lane.uncommitted().orElse(0)).isEqualTo(taken);
            if (!isTaken) bench.pass(Duration.ofMinutes(5));
        }
    }
}
