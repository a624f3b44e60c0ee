package sluice.challenge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.challenge.domain.Action;
import sluice.challenge.domain.Lifecycle;
import sluice.challenge.testkit.Ada;
import sluice.schemas.ActionState;
import sluice.schemas.VerificationResult;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.ReleasedSchemas;

class ActionMapperTest {
    private final AvroSerde<sluice.schemas.Action> serde =
            new AvroSerde<>(sluice.schemas.Action.class, ReleasedSchemas.load());

    @ParameterizedTest
    @EnumSource(value = VerificationResult.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void givenAnyAction_whenItIsStoredAndReadBack_thenItIsTheSame(VerificationResult result) {
        var verification = Ada.verified(1, result);
        var lives = new ArrayList<Action>();
        lives.add(Lifecycle.verified(Optional.empty(), verification, Optional.empty())
                .after());
        lives.add(Lifecycle.verified(Optional.empty(), verification, Ada.asks("verify-1"))
                .after());
        for (var state : List.of(ActionState.CHALLENGE_REQUIRED, ActionState.ALLOW)) {
            var decided = Lifecycle.decided(Optional.empty(), Ada.decided(state), Optional.empty());
            lives.add(decided.after());
            lives.add(Lifecycle.verified(Optional.of(decided.after()), verification, Optional.empty())
                    .after());
        }

        for (var state : List.of(ActionState.CHALLENGE_REQUIRED, ActionState.ALLOW)) {
            var update = Ada.updated(5, state, true);
            lives.add(Lifecycle.updated(Optional.empty(), update, Ada.asks("update-5"))
                    .after());
            for (var life : List.copyOf(lives)) {
                lives.add(Lifecycle.updated(Optional.of(life), update, Optional.empty())
                        .after());
            }
        }

        for (var life : lives) {
            var stored = serde.fromBytes(serde.toBytes(ActionMapper.toAvro(life, null, 5)));
            assertThat(ActionMapper.toDomain(stored)).isEqualTo(life);
        }
    }

    @ParameterizedTest
    @EnumSource(value = VerificationResult.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void givenADecidedAction_whenOthersSeeIt_thenBothWaysThereShowTheSameWithoutHistory(VerificationResult result) {
        var decided = Lifecycle.decided(Optional.empty(), Ada.challenged(), Optional.empty());
        var action = (Action.Decided)
                Lifecycle.verified(Optional.of(decided.after()), Ada.verified(1, result), Optional.empty())
                        .after();

        var seen = ActionMapper.withoutHistory(action);

        assertThat(ActionMapper.withoutHistory(ActionMapper.toAvro(action, null, 5)))
                .isEqualTo(seen);
        assertThat(seen.getApplied()).isEmpty();
        assertThat(seen.getState()).isEqualTo(action.state());
        assertThat(seen.getStateUpdatedAt()).isEqualTo(action.stateUpdatedAt());
    }
}
