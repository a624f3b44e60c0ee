package sluice.rules.domain;

import java.util.Map;
import java.util.Optional;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.schemas.VerificationMethod;

/** The whole of the rules processor as one function. */
public final class Decider {
    private final Tracking tracking;
    private final Verifying verifying;
    private final Vouching vouching;

    public Decider(Secrets secrets, Contacts contacts, ExplanationSeal seal) {
        var sentCodes = new SentCodeCheck(secrets, contacts);
        this.tracking = new Tracking(seal);
        this.verifying = new Verifying(Map.of(
                VerificationMethod.AUTHENTICATOR_APP, new TotpCheck(secrets),
                VerificationMethod.PASSKEY, new PasskeyCheck(secrets),
                VerificationMethod.RECOVERY_CODE, new RecoveryCheck(),
                VerificationMethod.EMAIL_OTP, sentCodes,
                VerificationMethod.EMAIL_MAGIC_LINK, sentCodes));
        this.vouching = new Vouching(contacts);
    }

    /**
     * Makes of a user and an event the user afterwards and what the world is told. An event that comes again gets the
     * same outcomes, and the very same user.
     *
     * @param known the user, empty at their first event
     * @param configuration as it is at the version that the event is decided under
     * @throws NoSuchTenantException if the event's tenant is not in the configuration
     */
    public Step decide(Optional<User> known, Event event, ConfigurationView configuration) {
        var cause = event.cause();
        var before = known.orElseGet(() -> User.first(cause));
        var answer = before.answerTo(cause.eventId());
        if (answer.isPresent()) return new Step(before, answer.get());
        var user = before.forget(cause.at()).judgedUnder(configuration.version());
        return Claiming.withoutNobody(judged(user, event, configuration), cause);
    }

    private Step judged(User user, Event event, ConfigurationView configuration) {
        return event.match(new Event.Cases<>() {
            @Override
            public Step track(Event.Track track) {
                return tracking.track(user, track, configuration); // remembered as the user's recent action
            }

            @Override
            public Step verify(Event.Verify verify) {
                var judged = verify.notBefore(user.latestAt());
                return remembered(verifying.verify(user, judged, configuration), judged);
            }

            @Override
            public Step enroll(Event.Enroll enroll) {
                return remembered(Enrolment.enroll(user, enroll, configuration), event);
            }

            @Override
            public Step enrollContact(Event.EnrollContact enroll) {
                return remembered(Sending.enroll(user, enroll, configuration), event);
            }

            @Override
            public Step sendCode(Event.SendCode wanted) {
                return remembered(Sending.send(user, wanted, configuration), event);
            }

            @Override
            public Step expire(Event.Expire expire) {
                return remembered(Verifying.expire(user, expire), event);
            }

            @Override
            public Step deleteAuthenticator(Event.DeleteAuthenticator deletion) {
                return remembered(Managing.deleteAuthenticator(user, deletion), event);
            }

            @Override
            public Step updateUser(Event.UpdateUser update) {
                return remembered(Managing.updateUser(user, update), event);
            }

            @Override
            public Step deleteUser(Event.DeleteUser deletion) {
                return remembered(Managing.deleteUser(user, deletion), event);
            }

            @Override
            public Step addAuthenticator(Event.AddAuthenticator addition) {
                return remembered(vouching.add(user, addition, configuration), event);
            }

            @Override
            public Step updateAction(Event.UpdateAction update) {
                return remembered(Managing.updateAction(user, update, configuration), event);
            }

            @Override
            public Step claim(Event.Claim claim) {
                return remembered(Claiming.claim(user, claim), event);
            }

            @Override
            public Step issueRecoveryCodes(Event.IssueRecoveryCodes issue) {
                return remembered(OwnAuthenticators.issueRecoveryCodes(user, issue, configuration), event);
            }

            @Override
            public Step updateAuthenticator(Event.UpdateAuthenticator update) {
                return remembered(OwnAuthenticators.update(user, update), event);
            }

            @Override
            public Step removeAuthenticator(Event.RemoveAuthenticator removal) {
                return remembered(OwnAuthenticators.remove(user, removal), event);
            }

            @Override
            public Step createSession(Event.CreateSession creation) {
                return remembered(Sessions.create(user, creation), event);
            }

            @Override
            public Step refreshSession(Event.RefreshSession refresh) {
                return remembered(Sessions.refresh(user, refresh), event);
            }

            @Override
            public Step revokeSession(Event.RevokeSession revocation) {
                return remembered(Sessions.revoke(user, revocation), event);
            }

            @Override
            public Step revokeSessions(Event.RevokeSessions revocation) {
                return remembered(Sessions.revokeAll(user, revocation), event);
            }
        });
    }

    private static Step remembered(Step step, Event event) {
        return new Step(step.user().answered(event.cause(), step.outcomes()), step.outcomes());
    }
}
