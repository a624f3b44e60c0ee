package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.rules.testkit.SessionStory.isRefused;
import static sluice.rules.testkit.SessionStory.next;
import static sluice.rules.testkit.SessionStory.token;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.rules.testkit.SessionStory;
import sluice.schemas.ActionState;
import sluice.schemas.CommandRefusal;
import sluice.schemas.UserChangeKind;

/** The life of sessions (contract section 3), example by example. */
class SessionsTest {
    private final SessionStory sessions = new SessionStory();

    @Test
    void givenAnActionThatIsAllowed_whenASessionIsMade_thenItIsToldOfWithoutAnySecret() {
        sessions.allowed("1");

        var changed = sessions.create("1", "s");

        var session = changed.session().orElseThrow();
        assertThat(changed.kind()).isEqualTo(UserChangeKind.SESSION_CREATED);
        assertThat(session.clientId()).isEqualTo(SessionStory.CLIENT);
        assertThat(session.generation()).isEqualTo(1);
        assertThat(session.expiresAt()).isEqualTo(sessions.story().now().plus(SessionStory.IDLE));
        assertThat(changed.toString()).doesNotContain(SessionStory.hash("s"));
    }

    /** P6. */
    @ParameterizedTest
    @EnumSource(
            value = ActionState.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ALLOW", "CHALLENGE_SUCCEEDED", "UNKNOWN"})
    void p6_givenAnActionThatHasNotSucceeded_whenASessionIsWanted_thenItIsRefused(ActionState state) {
        sessions.allowed("1").story().updateAction(SessionStory.ACTION, "1", state);

        assertThat(isRefused(sessions.create("1", "s"))).isTrue();
        assertThat(sessions.story().user().sessions()).isEmpty();
    }

    @Test
    void givenAnActionThatNobodyKnows_whenASessionIsWanted_thenItIsRefused() {
        assertThat(isRefused(sessions.create("none", "s"))).isTrue();
    }

    /** SDKs repeat a POST whose answer is lost: twice. */
    @Test
    void givenACallThatComesThreeTimes_whenItsTokensAreUsed_thenItIsOneSessionAndEachPairIsGood() {
        sessions.allowed("1");
        var tokens = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> token(sessions.create("1", "s" + i), "s" + i))
                .toList();

        assertThat(tokens)
                .extracting(SessionStory.Token::sessionId)
                .containsOnly(tokens.get(0).sessionId());
        assertThat(sessions.story().user().sessions()).hasSize(1);
        for (var token : tokens) {
            assertThat(sessions.refresh(token).session().orElseThrow().generation())
                    .as("one generation, whichever of the three it was made of")
                    .isEqualTo(2);
        }
    }

    /** The secret is what a session knows its tokens by (ADR 10); one it does not know must not be a way to end it. */
    @Test
    void givenACallThatComesAFourthTime_whenTheFirstPairIsUsed_thenItIsRefusedAndTheSessionGoesOn() {
        sessions.allowed("1");
        var tokens = IntStream.rangeClosed(1, 4)
                .mapToObj(i -> token(sessions.create("1", "s" + i), "s" + i))
                .toList();
        var used = sessions.refreshed(tokens.get(3));

        assertThat(isRefused(sessions.after(LiveSession.RETRY).refresh(tokens.get(0))))
                .isTrue();
        assertThat(sessions.refresh(used).kind()).isEqualTo(UserChangeKind.SESSION_REFRESHED);
    }

    @Test
    void givenASessionInUse_whenItsActionIsToMakeOneAgain_thenItIsRefusedAndTheSessionGoesOn() {
        var used = sessions.refreshed(sessions.session("1"));

        assertThat(isRefused(sessions.create("1", "again"))).isTrue();
        assertThat(sessions.refresh(used).kind()).isEqualTo(UserChangeKind.SESSION_REFRESHED);
    }

    @Test
    void givenASessionThatWasRevoked_whenItsActionIsToMakeOneAgain_thenItIsRefused() {
        sessions.revoke(sessions.session("1").sessionId());

        assertThat(isRefused(sessions.create("1", "again"))).isTrue();
        assertThat(sessions.story().user().sessions()).isEmpty();
    }

    @Test
    void givenASession_whenItsActionIsToMakeOneForAnotherClient_thenThatIsRefused() {
        sessions.session("1");

        assertThat(sessions.create(SessionStory.ACTION, "1", "mobile", "s").refusal())
                .contains(CommandRefusal.MALFORMED);
    }

    @Test
    void givenARefreshToken_whenUsedInTurn_thenEachGivesTheNextAndTheSessionLastsLonger() {
        var first = sessions.session("1");
        var second = sessions.after(SessionStory.IDLE.minusMinutes(1)).refreshed(first);

        var third = sessions.after(SessionStory.IDLE.minusMinutes(1)).refreshed(second);

        assertThat(third.generation()).isEqualTo(3);
    }

    @Test
    void givenAUsedRefreshToken_whenItComesAgain_thenTheSessionEndsForBoth() {
        var stolen = sessions.session("1");
        var next = sessions.refreshed(stolen);

        var reused = sessions.after(LiveSession.RETRY).refresh(stolen);

        assertThat(reused.kind()).isEqualTo(UserChangeKind.SESSION_REUSE_DETECTED);
        assertThat(reused.session().orElseThrow().sessionId()).isEqualTo(stolen.sessionId());
        assertThat(isRefused(sessions.refresh(next))).isTrue();
        assertThat(isRefused(sessions.refresh(stolen))).isTrue();
    }

    @Test
    void givenALostAnswer_whenTheSameTokenComesAgainSoon_thenItGetsTheSameGenerationAgain() {
        var token = sessions.session("1");
        var lost = sessions.refresh(token);

        var again = sessions.after(LiveSession.RETRY.minusMillis(1)).refresh(token);

        assertThat(again.kind()).isEqualTo(UserChangeKind.SESSION_REFRESHED);
        assertThat(again.session()).isEqualTo(lost.session());
        assertThat(sessions.refreshed(next(token, again)).generation()).isEqualTo(3);
    }

    @Test
    void givenALaterTokenInUse_whenTheOneBeforeItsParentComesWithinTheSameSeconds_thenThatIsReuse() {
        var first = sessions.session("1");
        sessions.refreshed(sessions.refreshed(first));

        assertThat(sessions.refresh(first).kind()).isEqualTo(UserChangeKind.SESSION_REUSE_DETECTED);
    }

    @Test
    void givenASecretThatIsNotTheSessions_whenItComes_thenItIsRefusedAndTheSessionGoesOn() {
        var token = sessions.session("1");
        var forged = new SessionStory.Token(token.sessionId(), 1, SessionStory.hash("guessed"));

        assertThat(isRefused(sessions.refresh(forged))).isTrue();
        assertThat(sessions.refreshed(token).generation()).isEqualTo(2);
    }

    @Test
    void givenASessionThatIsNotRefreshed_whenItsTimeIsOver_thenItHasEnded() {
        var token = sessions.session("1");

        assertThat(isRefused(sessions.after(SessionStory.IDLE).refresh(token))).isTrue();
        assertThat(sessions.story().user().sessions()).isEmpty();
    }

    @Test
    void givenASessionThatIsRefreshedAllTheTime_whenItsLongestTimeIsOver_thenItHasEnded() {
        var token = sessions.session("1");
        var halfDays = (int) (SessionStory.LONGEST.toHours() / 12);
        for (var i = 1; i < halfDays; i++) {
            token = sessions.after(Duration.ofHours(12)).refreshed(token);
        }

        assertThat(isRefused(sessions.after(Duration.ofHours(12)).refresh(token)))
                .isTrue();
    }

    @Test
    void givenTwoSessions_whenOneIsRevoked_thenTheOtherGoesOn() {
        var one = sessions.session("1");
        var other = sessions.session("2");

        assertThat(sessions.revoke(one.sessionId()).kind()).isEqualTo(UserChangeKind.SESSION_REVOKED);

        assertThat(isRefused(sessions.refresh(one))).isTrue();
        assertThat(sessions.refreshed(other).generation()).isEqualTo(2);
        assertThat(isRefused(sessions.revoke(one.sessionId()))).isTrue();
    }

    @Test
    void givenSessions_whenAllAreRevoked_thenNoneIsLeft() {
        var tokens = List.of(sessions.session("1"), sessions.session("2"));

        assertThat(sessions.revokeAll().kind()).isEqualTo(UserChangeKind.SESSIONS_REVOKED);

        assertThat(tokens).allMatch(token -> isRefused(sessions.refresh(token)));
    }

    @Test
    void givenASession_whenTheUserIsDeleted_thenItEndsAndTheActionMakesNoOther() {
        var token = sessions.session("1");
        sessions.allowed("2").story().deleteUser();

        assertThat(isRefused(sessions.refresh(token))).isTrue();
        assertThat(isRefused(sessions.create("2", "s"))).isTrue();
    }

    @Test
    void givenASession_whenAnAuthenticatorIsRemoved_thenItGoesOn() {
        sessions.story().enrolled();
        var token = sessions.session("1");
        sessions.story()
                .deleteAuthenticator(
                        sessions.story().user().authenticators().get(0).id());

        assertThat(sessions.refreshed(token).generation()).isEqualTo(2);
    }

    @Test
    void givenAsManySessionsAsCanBe_whenOneMoreIsMade_thenTheOldestHasEnded() {
        var tokens = IntStream.rangeClosed(0, User.SESSIONS_MAX)
                .mapToObj(i -> sessions.session("key-" + i))
                .toList();

        assertThat(sessions.story().user().sessions()).hasSize(User.SESSIONS_MAX);
        assertThat(isRefused(sessions.refresh(tokens.get(0)))).isTrue();
        assertThat(sessions.refreshed(tokens.get(1)).generation()).isEqualTo(2);
    }

    /** P2: the redelivery after a crash. */
    @Test
    void givenEventsThatComeAgain_whenJudged_thenTheAnswersAndTheUserAreTheSame() {
        var token = sessions.session("1");
        sessions.refresh(token);
        var story = sessions.story();
        var user = story.user();
        var events = story.told();
        var last = events.size() - 1;

        assertThat(story.tell(events.get(last))).isEqualTo(story.outcomes().get(last));
        assertThat(story.tell(events.get(last - 1))).isEqualTo(story.outcomes().get(last - 1));
        assertThat(story.user()).isEqualTo(user);
    }
}
