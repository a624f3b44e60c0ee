package sluice.rules.domain.signal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.Enrichment;
import sluice.rules.domain.Event;
import sluice.rules.domain.Outcome;
import sluice.rules.domain.Profile;
import sluice.rules.domain.Signals;
import sluice.rules.domain.User;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ObservationKind;
import sluice.schemas.SignalKind;
import sluice.schemas.VerificationMethod;

class ObservingTest {
    private static final Signals AT_HOME = Signals.NONE
            .withDeviceId(Optional.of("phone"))
            .withEnrichment(Enrichment.NONE.withAddress(Optional.of("192.0.2.1")));

    private final Acme acme = new Acme();
    private final Story story = new Story(acme);

    private Event.Track track(String idempotencyKey, Signals signals) {
        return new Event.Track(story.cause(), new ActionKey("signIn", idempotencyKey), Profile.UNKNOWN, signals);
    }

    private List<Outcome.Observed> observed(Event event) {
        var before = story.told().isEmpty() ? Optional.<User>empty() : Optional.of(story.user());
        return Observing.of(
                before,
                event,
                story.tell(event),
                (tenantId, userId, authenticatorId, contact) -> new String(contact.bytes(), UTF_8));
    }

    @Test
    void givenATrackEvent_whenItIsDecided_thenItsUserWasSeenAtItsAddressAndWithItsDevice() {
        var observed = observed(track("1", AT_HOME));

        assertThat(observed)
                .extracting(Outcome.Observed::signal)
                .containsExactly(SignalKind.ADDRESS, SignalKind.DEVICE);
        assertThat(observed).extracting(Outcome.Observed::value).containsExactly("192.0.2.1", "phone");
        assertThat(observed).extracting(Outcome.Observed::kind).containsOnly(ObservationKind.USER);
        assertThat(observed).extracting(Outcome.Observed::eventId).doesNotHaveDuplicates();
        assertThat(observed.toString()).doesNotContain("192.0.2.1", "phone");
    }

    /** E8: of an address that is bound, and of one that is being; and of none that is refused. */
    @Test
    void e8_givenMails_whenTheyAreLetGo_thenEachIsOneOfItsAddress() {
        acme.email(true);
        story.track("enroll", "1");
        var enrolment = observed(new Event.EnrollContact(
                story.cause(),
                new ActionKey("enroll", "1"),
                "mail",
                VerificationMethod.EMAIL_OTP,
                sealed("Ada@shop.example"),
                sealed("123456"),
                false,
                story.now().plus(Acme.LIFETIME)));
        var again = new ArrayList<Outcome.Observed>();
        for (var i = 0; i < 6; i++) {
            again.addAll(observed(new Event.SendCode(
                    story.cause(), new ActionKey("enroll", "1"), VerificationMethod.EMAIL_OTP, sealed("234567"))));
        }

        assertThat(enrolment).hasSize(1);
        assertThat(again).as("five in ten minutes, the enrolment's among them").hasSize(4);
        assertThat(enrolment).extracting(Outcome.Observed::value).containsExactly("Ada@shop.example");
        assertThat(again).extracting(Outcome.Observed::signal).containsOnly(SignalKind.EMAIL);
        assertThat(again).extracting(Outcome.Observed::eventId).doesNotHaveDuplicates();
    }

    private static Sealed sealed(String text) {
        return new Sealed(text.getBytes(UTF_8));
    }

    /** P2: the redelivery after a crash. */
    @Test
    void givenATrackEvent_whenItComesAgain_thenTheSameIsObserved() {
        var event = track("1", AT_HOME);

        assertThat(observed(event)).isEqualTo(observed(event));
    }

    @Test
    void givenNeitherAddressNorDevice_whenTracked_thenNothingIsObserved() {
        assertThat(observed(track("1", Signals.NONE))).isEmpty();
    }

    @Test
    void givenAChallenge_whenItIsAnsweredWronglyUntilItFails_thenEachAnswerIsAFailureOfItsAddressAndTheChallengeOne() {
        story.enrolled().tell(track("1", AT_HOME));
        var observed = new ArrayList<Outcome.Observed>();
        for (var attempt = 0; attempt < Acme.ATTEMPTS_MAX; attempt++) {
            observed.addAll(observed(story.verifying("signIn", "1", story.wrongCode())));
        }

        assertThat(observed).hasSize(Acme.ATTEMPTS_MAX + 1);
        assertThat(observed).extracting(Outcome.Observed::value).containsOnly("192.0.2.1");
        assertThat(observed.subList(0, Acme.ATTEMPTS_MAX))
                .extracting(Outcome.Observed::kind)
                .containsOnly(ObservationKind.FAILURE);
        assertThat(observed.get(Acme.ATTEMPTS_MAX).kind())
                .as("with the last of them the challenge has failed")
                .isEqualTo(ObservationKind.FAILED_CHALLENGE);
        assertThat(observed).extracting(Outcome.Observed::eventId).doesNotHaveDuplicates();
        assertThat(observed(story.verifying("signIn", "1", story.wrongCode())))
                .as("not looked at: the challenge has ended")
                .isEmpty();
    }

    /** Nobody looks at the answer, but the challenge has ended. */
    @Test
    void givenAUserWhoIsLockedOut_whenTheyAnswerAChallenge_thenItHasFailedOnceAtItsAddress() {
        story.enrolled();
        for (var challenge = 0; challenge < 4; challenge++) {
            story.after(Duration.ofMinutes(6)).track("signIn", "before-" + challenge);
            for (var attempt = 0; attempt < Acme.ATTEMPTS_MAX; attempt++) {
                story.verify("signIn", "before-" + challenge, story.wrongCode());
            }
        }
        story.tell(track("1", AT_HOME));

        assertThat(observed(story.verifying("signIn", "1", story.wrongCode())))
                .extracting(Outcome.Observed::kind)
                .containsExactly(ObservationKind.FAILED_CHALLENGE);
        assertThat(observed(story.verifying("signIn", "1", story.wrongCode()))).isEmpty();
    }

    @Test
    void givenAChallenge_whenItsTimeRunsOut_thenNothingFailed() {
        story.enrolled().tell(track("1", AT_HOME));
        story.after(Acme.LIFETIME);

        assertThat(observed(new Event.Expire(story.cause(), new ActionKey("signIn", "1"))))
                .isEmpty();
    }

    /** P2. */
    @Test
    void givenAWrongAnswer_whenItComesAgain_thenItIsTheSameFailure() {
        story.enrolled().tell(track("1", AT_HOME));
        var wrong = story.verifying("signIn", "1", story.wrongCode());

        assertThat(observed(wrong)).hasSize(1).isEqualTo(observed(wrong));
    }

    @Test
    void givenAChallenge_whenItIsMet_thenNothingFailed() {
        story.enrolled().tell(track("1", AT_HOME));

        assertThat(observed(story.verifying("signIn", "1", story.code(Acme.SECRET, 0))))
                .isEmpty();
    }

    @Test
    void givenAnActionWithoutAnAddress_whenItIsAnsweredWrongly_thenItIsNoAddresssFailure() {
        story.enrolled().track("signIn", "1");

        assertThat(observed(story.verifying("signIn", "1", story.wrongCode()))).isEmpty();
    }

    @Test
    void givenTrackEvents_whenOneIsAllowed_thenItsDeviceIsTheUsersOwnFromThenOn() {
        story.tell(track("1", AT_HOME));
        assertThat(story.user().history().devices().all().get(0).knownSince()).isEmpty();
        acme.outcome("browse", ActionOutcome.ALLOW);
        story.track("browse", AT_HOME);

        assertThat(story.user().history().devices().all().get(0).knownSince()).isPresent();
    }
}
