package sluice.runtime.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** P4: a new owner answers nothing before it has applied all that was on its inputs when it took over. */
class OwnedPartitionTest {
    private final OwnedPartition partition = new OwnedPartition(0, 0);

    @Test
    void p4_givenATakeOver_whenItIsNotKnownYetHowFarToGo_thenNothingMayBeAnswered() {
        partition.applied("decisions", 100);

        assertThat(partition.isCaughtUp()).isFalse();
    }

    @Test
    void p4_givenTwoInputs_whenOneIsNotAppliedToItsEnd_thenNothingMayBeAnswered() {
        partition.target(Map.of("decisions", 10L, "verifications", 5L));
        partition.applied("decisions", 10);
        partition.applied("verifications", 4);

        assertThat(partition.isCaughtUp()).isFalse();
    }

    @Test
    void p4_givenTwoInputs_whenBothAreAppliedToTheirEnds_thenQueriesMayBeAnswered() {
        partition.target(Map.of("decisions", 10L, "verifications", 5L));
        partition.applied("decisions", 12);
        partition.applied("verifications", 5);

        assertThat(partition.isCaughtUp()).isTrue();
    }

    @Test
    void givenEmptyInputs_whenTakenOver_thenQueriesMayBeAnsweredAtOnce() {
        partition.target(Map.of("decisions", 0L));

        assertThat(partition.isCaughtUp()).isTrue();
    }
}
