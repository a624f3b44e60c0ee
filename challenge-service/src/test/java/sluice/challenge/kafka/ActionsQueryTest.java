package sluice.challenge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.challenge.domain.ActionKey;
import sluice.challenge.testkit.Ada;
import sluice.challenge.testkit.Driver;
import sluice.schemas.Action;
import sluice.schemas.ActionQuery;
import sluice.schemas.ActionState;
import sluice.schemas.Actions;
import sluice.schemas.Decision;
import sluice.schemas.VerificationResult;
import sluice.schemas.wire.AvroSerde;

class ActionsQueryTest {
    private static final ByteBuffer EXPLANATION = ByteBuffer.wrap(new byte[] {1, 2, 3});

    /** The topic of decisions, by offset. */
    private final List<Decision> log = new ArrayList<>();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Driver driver;

    @BeforeEach
    void start() {
        driver = new Driver(folder);
        tracked(Ada.USER, "signIn", "first", Ada.START, ActionState.CHALLENGE_REQUIRED);
        tracked(Ada.USER, "pay", "second", Ada.START.plusSeconds(10), ActionState.ALLOW);
        tracked(Ada.USER, "signIn", "third", Ada.START.plusSeconds(20), ActionState.BLOCK);
        tracked(Ada.USER + "/b", "signIn", "other", Ada.START, ActionState.ALLOW);
        tracked(Ada.USER + "m", "signIn", "another", Ada.START, ActionState.ALLOW);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void givenAUser_whenAllTheirActionsAreAskedFor_thenTheyComeNewestFirstAndNobodyElses() {
        assertThat(keysOf(ask(query()))).containsExactly("third", "second", "first");
    }

    @Test
    void givenAUserWhoseIdHoldsAnothers_whenTheyAreAskedFor_thenOnlyTheirOwnCome() {
        assertThat(keysOf(ask(query().setUserId("ada/b")))).containsExactly("other");
    }

    @Test
    void givenAnAction_whenItIsAskedFor_thenItComesAsItStandsAndWithoutHistory() {
        var decided = EventMapper.toDomain(
                driver.actions().get("acme/ada\0signIn\0first").getDecision());
        driver.comes(
                EventMapper.toAvro(Ada.verified(decided.action(), 1, VerificationResult.VERIFIED)), Driver.silent());

        var found = ask(query().setActionCode("signIn").setIdempotencyKey("first"));

        assertThat(found).hasSize(1);
        var action = found.get(0);
        assertThat(action.getState()).isEqualTo(ActionState.CHALLENGE_SUCCEEDED);
        assertThat(action.getStateUpdatedAt()).isEqualTo(Ada.START.plusSeconds(1));
        assertThat(action.getAuthenticatorId()).isEqualTo("authenticator-1");
        assertThat(action.getDecision()).isEqualTo(EventMapper.toAvro(decided));
        assertThat(action.getApplied()).isEmpty();
        assertThat(action.getWaiting()).isEmpty();
    }

    /** An action keeps no copy of what is on the log, and only who asks for it gets it from there. */
    @Test
    void givenActions_whenOneIsToBeExplained_thenItsExplanationComesFromItsDecisionOnTheLog() {
        assertThat(driver.actions().get("acme/ada\0pay\0second").getDecision().getSealedExplanation())
                .isNull();
        assertThat(ask(query().setIsExplained(true))).hasSize(3).allSatisfy(action -> assertThat(
                        action.getDecision().getSealedExplanation())
                .isNull());
        var one = query().setActionCode("pay").setIdempotencyKey("second");
        assertThat(explanationOf(one)).isNull();
        assertThat(explanationOf(one.setIsExplained(true))).isEqualTo(EXPLANATION);
    }

    @Test
    void givenADecisionThatHasLeftTheLog_whenItsActionIsToBeExplained_thenItComesWithoutExplanation() {
        log.clear();

        assertThat(explanationOf(
                        query().setActionCode("pay").setIdempotencyKey("second").setIsExplained(true)))
                .isNull();
    }

    /** Such as after a topic was made anew. */
    @Test
    void givenAnotherDecisionInItsPlace_whenAnActionIsToBeExplained_thenItComesWithoutExplanation() {
        Collections.rotate(log, 1);

        assertThat(explanationOf(
                        query().setActionCode("pay").setIdempotencyKey("second").setIsExplained(true)))
                .isNull();
    }

    @Test
    void givenAnActionFromWhenItKeptItsExplanation_whenItMovesOn_thenItStillDoes() {
        var key = "acme/ada\0signIn\0first";
        var old = driver.actions().get(key);
        old.setDecisionOffset(-1);
        old.getDecision().setSealedExplanation(EXPLANATION);
        driver.actions().put(key, old);
        var action = EventMapper.toDomain(old.getDecision()).action();
        driver.comes(EventMapper.toAvro(Ada.verified(action, 1, VerificationResult.VERIFIED)), Driver.silent());

        assertThat(explanationOf(query().setActionCode("signIn")
                        .setIdempotencyKey("first")
                        .setIsExplained(true)))
                .isEqualTo(EXPLANATION);
    }

    private @Nullable ByteBuffer explanationOf(ActionQuery.Builder query) {
        return ask(query).get(0).getDecision().getSealedExplanation();
    }

    @Test
    void givenNoSuchAction_whenItIsAskedFor_thenNothingComes() {
        assertThat(ask(query().setActionCode("signIn").setIdempotencyKey("fourth")))
                .isEmpty();
    }

    @Test
    void givenFilters_whenActionsAreAskedFor_thenOnlyThoseCome() {
        assertThat(keysOf(ask(query().setCodes(List.of("signIn"))))).containsExactly("third", "first");
        assertThat(keysOf(ask(query().setState(ActionState.ALLOW)))).containsExactly("second");
        assertThat(keysOf(ask(query().setFromDate(Ada.START.plusSeconds(10))))).containsExactly("third", "second");
        assertThat(keysOf(ask(query().setActionCode("pay")))).containsExactly("second");
        assertThat(keysOf(ask(query().setCodes(List.of("signIn")).setState(ActionState.ALLOW))))
                .isEmpty();
    }

    @Test
    void givenALimit_whenThereAreMore_thenTheNewestCome() {
        assertThat(keysOf(ask(query().setLimit(2)))).containsExactly("third", "second");
        assertThat(keysOf(ask(query().setLimit(0)))).containsExactly("third");
        assertThat(keysOf(ask(query().setLimit(Integer.MAX_VALUE)))).hasSize(3);
    }

    @Test
    void givenAnActionThatIsNotDecidedYet_whenItIsAskedFor_thenItIsNotThere() {
        var waiting = new ActionKey(Ada.TENANT, Ada.USER, "signIn", "waits");
        driver.comes(EventMapper.toAvro(Ada.verified(waiting, 1, VerificationResult.VERIFIED)), Driver.silent());

        assertThat(keysOf(ask(query()))).doesNotContain("waits");
        assertThat(ask(query().setActionCode("signIn").setIdempotencyKey("waits")))
                .isEmpty();
    }

    @Test
    void givenNamesWithNulInThem_whenTheyAreAskedFor_thenTheyReachNothing() {
        assertThat(ask(query().setUserId("ada\0signIn"))).isEmpty();
        assertThat(ask(query().setActionCode("signIn\0first").setIdempotencyKey("x")))
                .isEmpty();
        assertThat(ask(query().setTenantId("acme/ada"))).isEmpty();
    }

    private void tracked(String userId, String actionCode, String idempotencyKey, Instant at, ActionState state) {
        var action = new ActionKey(Ada.TENANT, userId, actionCode, idempotencyKey);
        var decision = EventMapper.toAvro(Ada.decided(action, "track-" + idempotencyKey, at, state));
        decision.setSealedExplanation(EXPLANATION);
        log.add(decision);
        driver.comes(driver.topics.decisions, action.userKey(), decision, Driver.silent());
    }

    private Optional<Decision> decision(int partition, long offset) {
        return offset < log.size() ? Optional.of(log.get(Math.toIntExact(offset))) : Optional.empty();
    }

    private static ActionQuery.Builder query() {
        return ActionQuery.newBuilder().setTenantId(Ada.TENANT).setUserId(Ada.USER);
    }

    private List<Action> ask(ActionQuery.Builder query) {
        var ids = driver.topics.schemaIds();
        var question = new AvroSerde<>(ActionQuery.class, ids).toBytes(query.build());
        var answer = new ActionsQuery(partition -> driver.actions(), this::decision, ids).answer(0, question);
        return new AvroSerde<>(Actions.class, ids).fromBytes(answer).getActions();
    }

    private static List<String> keysOf(List<Action> actions) {
        return actions.stream().map(Action::getIdempotencyKey).toList();
    }
}
