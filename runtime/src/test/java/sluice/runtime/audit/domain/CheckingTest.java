package sluice.runtime.audit.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckingTest {
    private static final int RECORDS = 30;
    private static final int SEALED = 25;

    @Test
    void givenAnHonestLog_whenChecked_thenAllThatIsSealedIsVerified() {
        var result = check(log(), checkpoints(log(), 10, 20, SEALED), 0);

        assertThat(result.findings()).isEmpty();
        assertThat(result.verified()).isEqualTo(SEALED);
        assertThat(result.unsealed()).isEqualTo(RECORDS - SEALED);
    }

    @Test
    void givenALogWithGaps_whenChecked_thenItIsSound() {
        var log = log();
        log.removeIf(link -> link.offset() % 7 == 3); // of transactions: markers have offsets too
        var result = check(log, checkpoints(log, 10, 20), 0);

        assertThat(result.findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 10, 15, 24})
    void givenOneAlteredRecord_whenChecked_thenThePlaceBetweenTwoCheckpointsIsTold(int place) {
        var log = log();
        log.set(place, link(place, "forged"));

        var result = check(log, checkpoints(log(), 10, 20, SEALED), 0);

        var from = place < 10 ? 0 : place < 20 ? 10 : 20;
        assertThat(result.findings())
                .containsExactly(
                        new Checking.Finding("records were altered or moved", from, Math.min(from + 10, SEALED)));
        assertThat(result.verified()).isEqualTo(from);
    }

    @Test
    void givenADroppedAnInsertedOrAMovedRecord_whenChecked_thenItIsFound() {
        var dropped = log();
        dropped.remove(12);
        assertThat(check(dropped, checkpoints(log(), 10, 20), 0).findings())
                .containsExactly(new Checking.Finding("1 records are missing", 10, 20));

        // a copy: what comes later moves up
        var inserted = new ArrayList<Link>();
        for (var link : log()) {
            if (link.offset() == 12) inserted.add(link(12, "put in"));
            inserted.add(new Link(inserted.size(), link.at(), link.key(), link.value(), link.headers()));
        }
        assertThat(check(inserted, checkpoints(log(), 10, 20), 0).findings()).hasSize(1);

        var moved = log();
        moved.set(12, link(12, "value-13"));
        moved.set(13, link(13, "value-12"));
        assertThat(check(moved, checkpoints(log(), 10, 20), 0).findings())
                .containsExactly(new Checking.Finding("records were altered or moved", 10, 20));
    }

    @Test
    void givenALogWithoutItsEnd_whenChecked_thenTheEndIsMissed() {
        var log = log().subList(0, 22);

        assertThat(check(log, checkpoints(log(), 10, 20, SEALED), 0).findings())
                .containsExactly(new Checking.Finding("the end is missing", 22, SEALED));
    }

    @Test
    void givenALogThatRetentionHasCut_whenChecked_thenItGoesOnFromTheNextCheckpoint() {
        var log = log().subList(13, RECORDS);

        var result = check(log, checkpoints(log(), 10, 20, SEALED), 13);

        assertThat(result.findings()).isEmpty();
        assertThat(result.unverifiable()).isEqualTo(7);
        assertThat(result.verified()).isEqualTo(5);
    }

    @Test
    void givenTwoCheckpointsThatDoNotAgree_whenChecked_thenThatIsTold() {
        var checkpoints = new ArrayList<>(checkpoints(log(), 10));
        var other = log();
        other.set(3, link(3, "forged"));
        checkpoints.addAll(checkpoints(other, 10));

        assertThat(check(log(), checkpoints, 0).isSound()).isFalse();
    }

    /** Of a record every part is in the hash: a byte of any of them, moved to the next, makes another. */
    @Test
    void givenRecordsThatReadAlike_whenChained_thenTheirHashesDiffer() {
        var begun = Chain.begun("decisions", 0, 0);
        assertThat(List.of(
                        begun.with(link("ab", "c")),
                        begun.with(link("a", "bc")),
                        begun.with(new Link(0, 0, Optional.empty(), Optional.of(new byte[0]), List.of())),
                        begun.with(new Link(0, 0, Optional.of(new byte[0]), Optional.empty(), List.of())),
                        begun.with(new Link(
                                0,
                                0,
                                Optional.of(new byte[0]),
                                Optional.empty(),
                                List.of(new Link.Header("h", Optional.empty())))),
                        begun.with(new Link(0, 1, Optional.of(new byte[0]), Optional.empty(), List.of())),
                        Chain.begun("decisions", 1, 0)))
                .extracting(Chain::hash)
                .doesNotHaveDuplicates();
    }

    /** Any one change to any sealed record of any log is found, wherever the checkpoints are. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void givenAnyChange_whenChecked_thenItIsFound(long seed) {
        var random = new Random(seed);
        for (var run = 0; run < 100; run++) {
            var first = 1 + random.nextInt(SEALED - 1);
            var log = log();
            var place = random.nextInt(SEALED);
            switch (random.nextInt(3)) {
                case 0 -> log.set(place, link(place, "forged"));
                case 1 -> log.remove(place);
                default -> {
                    var there = log.get(place);
                    log.set(place, link(place, "value-" + (place + 1)));
                    log.set(place + 1, link(place + 1, new String(there.value().orElseThrow(), UTF_8)));
                }
            }
            assertThat(check(log, checkpoints(log(), first, SEALED), 0).isSound())
                    .as("seed %d, run %d", seed, run)
                    .isFalse();
        }
    }

    private static Checking.Result check(List<Link> log, List<Chain> checkpoints, long beginning) {
        var checking = new Checking("decisions", 0, checkpoints, beginning);
        log.forEach(checking::take);
        return checking.finished(log.isEmpty() ? 0 : log.get(log.size() - 1).offset() + 1);
    }

    private static List<Chain> checkpoints(List<Link> log, int... places) {
        var checkpoints = new ArrayList<Chain>();
        for (var place : places) {
            var chain = Chain.begun("decisions", 0, 0);
            for (var link : log) if (link.offset() < place) chain = chain.with(link);
            checkpoints.add(chain);
        }
        return checkpoints;
    }

    private static List<Link> log() {
        var log = new ArrayList<Link>();
        for (var i = 0; i < RECORDS; i++) log.add(link(i, "value-" + i));
        return log;
    }

    private static Link link(long offset, String value) {
        return new Link(
                offset, 1000, Optional.of("acme/ada".getBytes(UTF_8)), Optional.of(value.getBytes(UTF_8)), List.of());
    }

    private static Link link(String key, String value) {
        return new Link(0, 0, Optional.of(key.getBytes(UTF_8)), Optional.of(value.getBytes(UTF_8)), List.of());
    }
}
