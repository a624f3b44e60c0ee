package sluice.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import sluice.runtime.observe.Restoring;

class RestoreProgressTest {
    private static final TopicPartition CHANGELOG = new TopicPartition("user-changelog", 2);

    private final AtomicLong now = new AtomicLong();
    private final RestoreProgress progress = new RestoreProgress("rules-processor", now::get);

    @Test
    void givenAStoreToRestore_whenHalfOfItIsRead_thenItTellsWhatIsLeftAndHowFastItGoes() {
        progress.onRestoreStart(CHANGELOG, "user", 100, 1100);
        now.addAndGet(Duration.ofSeconds(2).toNanos());

        progress.onBatchRestored(CHANGELOG, "user", 599, 480);

        assertThat(progress.stores()).isEqualTo(Map.of("user-2", new Restoring(500, 250)));
        assertThat(progress.recordsLeft()).isEqualTo(500);
    }

    @Test
    void givenAStoreThatIsBeingRestored_whenItIsDone_thenNothingIsLeft() {
        progress.onRestoreStart(CHANGELOG, "user", 0, 10);
        progress.onBatchRestored(CHANGELOG, "user", 9, 10);

        progress.onRestoreEnd(CHANGELOG, "user", 10);

        assertThat(progress.stores()).isEmpty();
        assertThat(progress.recordsLeft()).isZero();
    }

    @Test
    void givenAStoreThatIsBeingRestored_whenItsPartitionGoesToAnother_thenNothingIsLeftHere() {
        progress.onRestoreStart(CHANGELOG, "user", 0, 10);

        progress.onRestoreSuspended(CHANGELOG, "user", 3);

        assertThat(progress.stores()).isEmpty();
    }

    @Test
    void givenNoTimeHasPassed_whenAsked_thenTheRateIsANumber() {
        progress.onRestoreStart(CHANGELOG, "user", 0, 10);

        assertThat(progress.stores()).isEqualTo(Map.of("user-2", new Restoring(10, 0)));
    }
}
