package sluice.bench.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestorationTest {
    private static final String PRINTED = """
            23:59:59.900 INFO  StoreChangelogReader - Restoring changelog sluice.rules-processor-user-changelog-0
            00:00:00.400 INFO  StoreChangelogReader - Finished restoring changelog sluice.rules-processor-user-changelog-0 to store user with a total number of 600 records
            00:00:00.900 INFO  StoreChangelogReader - Finished restoring changelog sluice.rules-processor-user-changelog-1 to store user with a total number of 400 records
            sluice ready
            """;

    @Test
    void givenTwoChangelogs_overMidnight_thenRecordsAreAddedAndTheTimeIsFromTheFirstToTheLast() {
        var restoration = Restoration.of(PRINTED);

        assertThat(restoration).isEqualTo(new Restoration(1000, Duration.ofSeconds(1)));
        assertThat(restoration.perSecond()).isEqualTo(1000);
    }

    @Test
    void givenNothingOfIt_thenThatIsSaid() {
        assertThatThrownBy(() -> Restoration.of("sluice ready")).isInstanceOf(IllegalStateException.class);
    }
}
