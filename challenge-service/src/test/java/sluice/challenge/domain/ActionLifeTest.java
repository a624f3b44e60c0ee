package sluice.challenge.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.schemas.ActionState.ALLOW;
import static sluice.schemas.ActionState.BLOCK;
import static sluice.schemas.ActionState.CHALLENGE_FAILED;
import static sluice.schemas.ActionState.CHALLENGE_REQUIRED;
import static sluice.schemas.ActionState.CHALLENGE_SUCCEEDED;
import static sluice.schemas.ActionState.REVIEW_REQUIRED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.schemas.ActionState;
import sluice.schemas.VerificationResult;

class ActionLifeTest {
    private static final Map<Trigger, ActionState> OF_A_CHALLENGE = Map.of(
            Trigger.VERIFIED, CHALLENGE_SUCCEEDED,
            Trigger.EXHAUSTED, CHALLENGE_FAILED,
            Trigger.LOCKED_OUT, CHALLENGE_FAILED,
            Trigger.EXPIRED, CHALLENGE_FAILED);

    static Stream<List<Object>> everyStateWithEveryTrigger() {
        return Arrays.stream(ActionState.values())
                .flatMap(state -> Arrays.stream(Trigger.values()).map(trigger -> List.<Object>of(state, trigger)));
    }

    @ParameterizedTest
    @MethodSource("everyStateWithEveryTrigger")
    void givenAnyState_whenAnyTriggerComes_thenOnlyAChallengeMovesAndAsDrawn(List<Object> pair) {
        var state = (ActionState) pair.get(0);
        var trigger = (Trigger) pair.get(1);
        var expected = state == CHALLENGE_REQUIRED ? OF_A_CHALLENGE.get(trigger) : null;

        assertThat(ActionLife.after(state, trigger)).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @EnumSource(ActionState.class)
    void p6_givenAnyState_whenAnActionBegins_thenNoneBeginsWithItsChallengeMet(ActionState state) {
        assertThat(ActionLife.isFirst(state))
                .isEqualTo(List.of(ALLOW, BLOCK, REVIEW_REQUIRED, CHALLENGE_REQUIRED)
                        .contains(state));
    }

    @ParameterizedTest
    @EnumSource(VerificationResult.class)
    void p6_givenAnyResult_whenItIsNotVerified_thenItLeadsToNoSuccess(VerificationResult result) {
        var led = Trigger.of(result).flatMap(trigger -> ActionLife.after(CHALLENGE_REQUIRED, trigger));

        assertThat(led.equals(Optional.of(CHALLENGE_SUCCEEDED))).isEqualTo(result == VerificationResult.VERIFIED);
    }

    @Test
    void givenTheReadme_whenItShowsTheTable_thenItIsThisTable() throws IOException {
        var table = everyStateWithEveryTrigger()
                .flatMap(pair -> ActionLife.after((ActionState) pair.get(0), (Trigger) pair.get(1))
                        .map(to -> "| %s | %s | %s |".formatted(pair.get(0), pair.get(1), to))
                        .stream())
                .collect(Collectors.joining("\n"));

        assertThat(Files.readString(Path.of("README.md"))).contains("\n" + table + "\n\n");
    }
}
