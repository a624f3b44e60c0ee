package sluice.challenge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.challenge.domain.ActionKey;
import sluice.challenge.domain.Decision;
import sluice.challenge.domain.Verification;
import sluice.challenge.testkit.Ada;
import sluice.challenge.testkit.Driver;
import sluice.schemas.ActionState;
import sluice.schemas.TransitionReason;
import sluice.schemas.UserChange;
import sluice.schemas.UserChangeKind;
import sluice.schemas.UserCommandKind;
import sluice.schemas.VerificationResult;
import sluice.schemas.id.DerivedId;
import sluice.schemas.id.NobodyId;

class ExpiryTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private static final ActionKey NOBODYS =
            new ActionKey(Ada.TENANT, NobodyId.of(Ada.TENANT, "signUp", "key-1"), "signUp", "key-1");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Driver driver;

    @BeforeEach
    void start() {
        driver = new Driver(folder);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void givenAChallenge_whenItsTimeIsNotOver_thenNothingIsAsked() {
        driver.comes(EventMapper.toAvro(Ada.challenged()), Driver.silent());

        driver.pass(Ada.LIFETIME.minusMillis(1));

        assertThat(driver.commands()).isEmpty();
        assertThat(driver.expiries().approximateNumEntries()).isEqualTo(1);
    }

    @Test
    void givenAChallenge_whenItsTimeIsOver_thenItsEndIsAskedFor() {
        var decision = EventMapper.toAvro(Ada.challenged());
        driver.comes(decision, Driver.asking("1", Ada.TRACK));

        driver.pass(Ada.LIFETIME);

        var asked = driver.commands();
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).key()).isEqualTo(Ada.KEY);
        assertThat(asked.get(0).headers()).isEmpty();
        var command = asked.get(0).value();
        assertThat(command.getKind()).isEqualTo(UserCommandKind.EXPIRE_ACTION);
        assertThat(command.getEventId()).isEqualTo(DerivedId.of(decision.getEventId(), "expiry"));
        assertThat(command.getReceivedAt()).isEqualTo(Ada.START.plus(Ada.LIFETIME));
        assertThat(command.getConfigurationVersion()).isEqualTo(7);
        assertThat(command.getExpireAction().getActionCode()).isEqualTo("signIn");
        assertThat(command.getExpireAction().getIdempotencyKey()).isEqualTo("key-1");
    }

    @Test
    void givenAnEndThatIsNotReached_whenTimePasses_thenItIsAskedForAgainButNotAtOnce() {
        driver.comes(EventMapper.toAvro(Ada.challenged()), Driver.silent());
        driver.pass(Ada.LIFETIME);
        var first = driver.commands().get(0).value();

        for (var second = 1; second < Expiries.ASK_AGAIN.toSeconds(); second++) driver.pass(A_SECOND);
        assertThat(driver.commands()).isEmpty();
        driver.pass(A_SECOND);

        assertThat(driver.commands())
                .extracting(each -> each.value().getEventId())
                .containsExactly(first.getEventId());
    }

    @Test
    void givenAnEndThatWasAskedFor_whenTheRulesProcessorAnswers_thenTheChallengeHasFailedAndTheEntryGoes() {
        driver.comes(EventMapper.toAvro(Ada.challenged()), Driver.silent());
        driver.pass(Ada.LIFETIME);
        driver.commands();

        driver.comes(EventMapper.toAvro(Ada.verified(1, VerificationResult.EXPIRED)), Driver.silent());
        driver.pass(Duration.ofSeconds(30));

        var ended = driver.transitions().get(1).value();
        assertThat(ended.getTo()).isEqualTo(ActionState.CHALLENGE_FAILED);
        assertThat(ended.getReason()).isEqualTo(TransitionReason.EXPIRED);
        assertThat(driver.commands()).isEmpty();
        assertThat(entries()).isEmpty();
    }

    @Test
    void givenAChallengeThatABackendOpenedAgain_whenItsOwnTimeIsOver_thenItsEndIsAskedForByACommandOfItsOwn() {
        driver.comes(EventMapper.toAvro(Ada.challenged()), Driver.silent());
        driver.comes(EventMapper.toAvro(Ada.updated(10, ActionState.REVIEW_REQUIRED, true)), Driver.silent());
        driver.comes(EventMapper.toAvro(Ada.updated(60, ActionState.CHALLENGE_REQUIRED, true)), Driver.silent());

        driver.pass(Ada.LIFETIME);
        assertThat(driver.commands()).as("the first challenge's time").isEmpty();
        driver.pass(Duration.ofSeconds(60));

        var asked = driver.commands();
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).value().getEventId())
                .isNotEqualTo(DerivedId.of(Ada.challenged().eventId(), "expiry"));
    }

    @Test
    void p6_givenAMetChallenge_whenItsTimeIsOver_thenNothingIsAskedAndTheEntryGoes() {
        driver.comes(EventMapper.toAvro(Ada.challenged()), Driver.silent());
        driver.comes(EventMapper.toAvro(Ada.verified(1, VerificationResult.VERIFIED)), Driver.silent());

        driver.pass(Ada.LIFETIME);

        assertThat(driver.commands()).isEmpty();
        assertThat(entries()).isEmpty();
    }

    /** A met challenge that is nobody's may be claimed for as long again as it was open. */
    @Test
    void givenAMetChallengeThatIsNobodys_whenNobodyHasClaimedItInTime_thenItsMadeUpUserIsToBeDeleted() {
        var decision = nobodysChallenge();
        driver.comes(
                driver.topics.verifications,
                NOBODYS.userKey(),
                EventMapper.toAvro(Ada.verified(NOBODYS, 1, VerificationResult.VERIFIED)),
                Driver.silent());

        driver.pass(Ada.LIFETIME.multipliedBy(2).minusMillis(1));
        assertThat(driver.commands()).isEmpty();
        driver.pass(A_SECOND);

        var asked = driver.commands();
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).key()).isEqualTo(NOBODYS.userKey());
        assertThat(asked.get(0).value().getKind()).isEqualTo(UserCommandKind.DELETE_USER);
        assertThat(asked.get(0).value().getEventId()).isEqualTo(DerivedId.of(decision.eventId(), "forgetting"));
        driver.pass(Expiries.ASK_AGAIN);
        assertThat(driver.commands()).as("nobody has heard of it").hasSize(1);

        driver.comes(driver.topics.userChanges, NOBODYS.userKey(), deleted(), Driver.silent());
        driver.pass(Duration.ofSeconds(30));

        assertThat(driver.commands()).isEmpty();
        assertThat(entries()).isEmpty();
    }

    /** The rules processor forgets its user with the end of the challenge. */
    @Test
    void givenAChallengeThatIsNobodys_whenItsTimeIsOver_thenItEndsAsAnyAndNothingMoreIsAsked() {
        nobodysChallenge();
        driver.pass(Ada.LIFETIME);
        assertThat(driver.commands())
                .extracting(each -> each.value().getKind())
                .containsExactly(UserCommandKind.EXPIRE_ACTION);

        driver.comes(
                driver.topics.verifications,
                NOBODYS.userKey(),
                EventMapper.toAvro(Ada.verified(NOBODYS, 1, VerificationResult.EXPIRED)),
                Driver.silent());
        driver.pass(Ada.LIFETIME);

        assertThat(driver.commands()).isEmpty();
        assertThat(entries()).isEmpty();
    }

    private Decision nobodysChallenge() {
        var decision = Ada.decided(NOBODYS, Ada.TRACK, Ada.START, ActionState.CHALLENGE_REQUIRED);
        driver.comes(driver.topics.decisions, NOBODYS.userKey(), EventMapper.toAvro(decision), Driver.silent());
        return decision;
    }

    private static UserChange deleted() {
        return UserChange.newBuilder()
                .setEventId("change-1")
                .setCauseId("forgetting-1")
                .setTenantId(Ada.TENANT)
                .setUserId(NOBODYS.userId())
                .setChangedAt(Ada.START)
                .setKind(UserChangeKind.USER_DELETED)
                .build();
    }

    @Test
    void givenAnActionThatIsNoChallenge_whenItIsDecided_thenNothingLapses() {
        driver.comes(EventMapper.toAvro(Ada.decided(ActionState.ALLOW)), Driver.silent());

        assertThat(entries()).isEmpty();
    }

    @Test
    void givenAFinishedAction_whenNothingMovesItForAsLongAsOutcomesAreKept_thenItGoes() {
        driver.comes(EventMapper.toAvro(Ada.decided(ActionState.ALLOW)), Driver.silent());

        driver.pass(driver.topics.retention().minusMillis(1));
        assertThat(driver.actions().get(StoreKey.of(Ada.SIGN_IN))).isNotNull();
        driver.pass(A_SECOND);

        assertThat(driver.actions().get(StoreKey.of(Ada.SIGN_IN))).isNull();
        assertThat(driver.expiries().all().hasNext()).isFalse();
    }

    /** Its time begins with its last transition, whatever entries it had before. */
    @Test
    void givenAChallenge_whenItIsMetAndSetAgain_thenItGoesWhenNothingHasMovedItForLongEnough() {
        driver.comes(EventMapper.toAvro(Ada.challenged()), Driver.silent());
        driver.comes(EventMapper.toAvro(Ada.verified(1, VerificationResult.VERIFIED)), Driver.silent());
        driver.comes(EventMapper.toAvro(Ada.updated(60, ActionState.REVIEW_FAILED, true)), Driver.silent());

        driver.pass(driver.topics.retention().plusSeconds(59));
        assertThat(driver.actions().get(StoreKey.of(Ada.SIGN_IN))).isNotNull();
        driver.pass(A_SECOND);

        assertThat(driver.actions().get(StoreKey.of(Ada.SIGN_IN))).isNull();
        assertThat(driver.expiries().all().hasNext()).isFalse();
    }

    /** An open one is asked to end, however late it is: nothing goes that is not finished. */
    @Test
    void givenAChallengeThatNobodyHasEnded_whenItsTimeIsLongOver_thenItStays() {
        driver.comes(EventMapper.toAvro(Ada.challenged()), Driver.silent());

        driver.pass(driver.topics.retention().multipliedBy(2));

        assertThat(driver.actions().get(StoreKey.of(Ada.SIGN_IN))).isNotNull();
        assertThat(driver.commands()).hasSize(1);
    }

    @Test
    void givenMoreFinishedActionsThanOneLookTakes_whenTheirTimeIsOver_thenTheOthersGoInTheNext() {
        var actions = Expiries.FINISHED_PER_LOOK_MAX + 1;
        for (var number = 0; number < actions; number++) {
            var action = new ActionKey(Ada.TENANT, Ada.USER, "signIn", "key-" + number);
            var decision = Ada.decided(action, "track-" + number, Ada.START, ActionState.ALLOW);
            driver.comes(EventMapper.toAvro(decision), Driver.silent());
        }

        driver.pass(driver.topics.retention());
        assertThat(driver.actions().approximateNumEntries()).isEqualTo(1);
        driver.pass(A_SECOND);

        assertThat(driver.actions().all().hasNext()).isFalse();
    }

    @Test
    void givenAnEntryLostInACrash_whenTheDecisionComesAgain_thenTheEntryIsBackAndLapsesAlthoughItIsLate() {
        driver.comes(EventMapper.toAvro(Ada.challenged()), Driver.silent());
        entries().forEach(driver.expiries()::delete);
        driver.pass(Ada.LIFETIME.plusMinutes(1));
        assertThat(driver.commands()).isEmpty();

        driver.comes(EventMapper.toAvro(Ada.challenged()), Driver.silent());
        driver.pass(A_SECOND);

        assertThat(driver.commands()).hasSize(1);
    }

    @Test
    void givenAProcessThatStartsAgain_whenItLooks_thenTheEndIsAskedForAgain() {
        driver.comes(EventMapper.toAvro(Ada.challenged()), Driver.silent());
        driver.pass(Ada.LIFETIME);
        var entry = entries().get(0);
        var action = driver.actions().get(StoreKey.of(Ada.SIGN_IN));
        driver.close();

        driver = new Driver(folder);
        driver.actions().put(StoreKey.of(Ada.SIGN_IN), action);
        driver.expiries().put(entry, "");
        driver.pass(Ada.LIFETIME);

        assertThat(driver.commands()).hasSize(1);
    }

    @Test
    void givenMoreEndsThanMayBeAwaited_whenSomeAreReached_thenEachIsAskedForOnceAndInOrder() {
        var challenges = Expiries.AWAITED_MAX * 2 + 1;
        for (var i = 0; i < challenges; i++) challenged(i);
        var asked = new ArrayList<String>();

        driver.pass(Ada.LIFETIME.plusMillis(challenges));
        for (var look = 0; look < 5; look++) {
            var now = driver.commands().stream()
                    .map(each -> each.value().getExpireAction().getIdempotencyKey())
                    .toList();
            assertThat(now).hasSizeLessThanOrEqualTo(Expiries.AWAITED_MAX);
            now.forEach(key -> driver.comes(EventMapper.toAvro(ended(key)), Driver.silent()));
            asked.addAll(now);
            driver.pass(A_SECOND);
        }

        assertThat(asked).doesNotHaveDuplicates().hasSize(challenges).startsWith("key-0", "key-1", "key-2");
        assertThat(entries()).isEmpty();
    }

    /** Else what is asked again and again would keep a rules processor behind that is behind. */
    @Test
    void givenEndsThatAreNotReached_whenTimePasses_thenNoMoreThanThoseAreAskedFor() {
        for (var i = 0; i < Expiries.AWAITED_MAX + 1; i++) challenged(i);
        driver.pass(Ada.LIFETIME.plusSeconds(2));
        assertThat(driver.commands()).hasSize(Expiries.AWAITED_MAX);

        driver.pass(Expiries.ASK_AGAIN.minusSeconds(1));
        assertThat(driver.commands()).isEmpty();
        driver.comes(EventMapper.toAvro(ended("key-7")), Driver.silent());
        driver.pass(A_SECOND);

        assertThat(driver.commands())
                .extracting(each -> each.value().getExpireAction().getIdempotencyKey())
                .contains("key-" + Expiries.AWAITED_MAX);
    }

    private static Verification ended(String idempotencyKey) {
        var action = new ActionKey(Ada.TENANT, Ada.USER, "signIn", idempotencyKey);
        return Ada.verified(action, 1, VerificationResult.EXPIRED);
    }

    @Test
    void givenMoreFinishedChallengesThanOneLookTakes_whenTimePasses_thenAllTheirEntriesGo() {
        var challenges = Expiries.FINISHED_PER_LOOK_MAX + 1;
        for (var i = 0; i < challenges; i++) {
            var met = Ada.verified(challenged(i), 1, VerificationResult.VERIFIED);
            driver.comes(EventMapper.toAvro(met), Driver.silent());
        }

        driver.pass(Ada.LIFETIME.plusMillis(challenges));
        assertThat(entries()).hasSize(1);
        driver.pass(A_SECOND);

        assertThat(entries()).isEmpty();
        assertThat(driver.commands()).isEmpty();
    }

    /** A challenge a millisecond after the one before. */
    private ActionKey challenged(int number) {
        var action = new ActionKey(Ada.TENANT, Ada.USER, "signIn", "key-" + number);
        var at = Ada.START.plusMillis(number);
        var decision = Ada.decided(action, "track-" + number, at, ActionState.CHALLENGE_REQUIRED);
        driver.comes(EventMapper.toAvro(decision), Driver.silent());
        return action;
    }

    /** Those of challenges. */
    private List<String> entries() {
        var keys = new ArrayList<String>();
        try (var all = driver.expiries().all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        var longAfter = Ada.START.plus(driver.topics.retention()).toEpochMilli();
        keys.removeIf(entry -> StoreKey.timeOf(entry) >= longAfter);
        return keys;
    }
}
