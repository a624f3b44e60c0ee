package sluice.runtime.configuration.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import sluice.schemas.ActionOutcome;

class ConfigurationHistoryTest {
    private static final Piece SIGN_IN = Piece.action("acme", "signIn");

    private static final List<ActionOutcome> OUTCOMES =
            List.of(ActionOutcome.ALLOW, ActionOutcome.CHALLENGE, ActionOutcome.REVIEW, ActionOutcome.BLOCK);

    private final ConfigurationHistory history = new ConfigurationHistory();

    @Test
    void givenTwoWritersWhoReadTheSame_whenBothWrite_thenTheFirstCountsAndTheSecondDoesNot() {
        assertThat(history.apply(change(SIGN_IN, 0, ActionOutcome.ALLOW))).isTrue();
        assertThat(history.apply(change(SIGN_IN, 0, ActionOutcome.BLOCK))).isFalse();

        assertThat(history.newest().action("acme", "signIn").outcome()).isEqualTo(ActionOutcome.ALLOW);
        assertThat(history.version()).isEqualTo(2);
    }

    @Test
    void givenALaterChange_whenAnEarlierVersionIsRead_thenItIsAsItWas() {
        history.apply(change(SIGN_IN, 0, ActionOutcome.ALLOW));
        var before = history.newest();
        history.apply(change(SIGN_IN, 1, ActionOutcome.BLOCK));

        assertThat(before.action("acme", "signIn").outcome()).isEqualTo(ActionOutcome.ALLOW);
        assertThat(history.at(2).action("acme", "signIn").outcome()).isEqualTo(ActionOutcome.BLOCK);
        assertThat(history.at(0).configuredAction("acme", "signIn")).isEmpty();
    }

    @Test
    void givenADeletion_whenRead_thenThePieceIsUnsetAndCanBeMadeAgain() {
        history.apply(change(SIGN_IN, 0, ActionOutcome.ALLOW));
        history.apply(new Change("2", SIGN_IN, 1, Instant.EPOCH, Author.commandLine("test", "run"), Optional.empty()));

        assertThat(history.newest().configuredAction("acme", "signIn")).isEmpty();
        assertThat(history.apply(change(SIGN_IN, 2, ActionOutcome.REVIEW))).isTrue();
    }

    @Test
    void givenAnotherTenant_whenRead_thenNothingOfTheFirstShows() {
        history.apply(change(SIGN_IN, 0, ActionOutcome.ALLOW));

        assertThat(history.newest().configuredAction("other", "signIn")).isEmpty();
    }

    @Test
    void givenAVersionThatIsNotThereYet_whenRead_thenItIsRefused() {
        assertThatThrownBy(() -> history.at(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void aViewOfAnyVersionEqualsAFoldOfThatManyRecords(
            @ForAll @Size(max = 40) List<@IntRange(max = 3) Integer> outcomes, @ForAll @IntRange(max = 40) int upTo) {
        var changes = new ArrayList<Change>();
        for (var outcome : outcomes) {
            // an odd one is based on a version that is no longer the piece's, and must not count
            var basedOn = outcome % 2 == 0 ? lastCounted(changes) : -1;
            changes.add(change(SIGN_IN, basedOn, OUTCOMES.get(outcome)));
        }
        var whole = new ConfigurationHistory();
        changes.forEach(whole::apply);
        var version = Math.min(upTo, changes.size());
        var prefix = new ConfigurationHistory();
        changes.subList(0, version).forEach(prefix::apply);

        assertThat(whole.at(version).configuredAction("acme", "signIn"))
                .isEqualTo(prefix.newest().configuredAction("acme", "signIn"));
    }

    private static long lastCounted(List<Change> changes) {
        for (var i = changes.size(); i > 0; i--) if (changes.get(i - 1).basedOn() >= 0) return i;
        return 0;
    }

    private static Change change(Piece piece, long basedOn, ActionOutcome outcome) {
        var action = new Setting.Action(
                Optional.of(outcome), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return new Change(
                "change-" + basedOn,
                piece,
                basedOn,
                Instant.EPOCH,
                Author.commandLine("test", "run"),
                Optional.of(action));
    }
}
