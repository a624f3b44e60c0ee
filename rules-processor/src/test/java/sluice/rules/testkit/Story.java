package sluice.rules.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.Cause;
import sluice.rules.domain.Decider;
import sluice.rules.domain.Decision;
import sluice.rules.domain.Event;
import sluice.rules.domain.Explanation;
import sluice.rules.domain.Grant;
import sluice.rules.domain.Outcome;
import sluice.rules.domain.Profile;
import sluice.rules.domain.RecoveryCodes.NewRecoveryCodes;
import sluice.rules.domain.Signals;
import sluice.rules.domain.User;
import sluice.rules.domain.totp.TotpWindow;
import sluice.runtime.recovery.domain.RecoveryCode;
import sluice.runtime.recovery.domain.RecoverySet;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.ActionState;
import sluice.schemas.ProfileField;
import sluice.schemas.VerificationMethod;

/** One user's events, one after the other, at times that the test sets. Secrets are "sealed" as they are. */
public final class Story {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final String USER = "ada";

    private final Decider decider = new Decider(
            (tenantId, userId, authenticatorId, secret) -> secret.bytes(),
            (tenantId, userId, authenticatorId, contact) -> new String(contact.bytes(), UTF_8),
            Story::seal);
    private final Acme acme;
    private final String userId;
    private final List<Event> told = new ArrayList<>();
    private final List<List<Outcome>> outcomes = new ArrayList<>();
    private Optional<User> user = Optional.empty();
    private Instant now = START;
    private int events;

    public Story(Acme acme) {
        this(acme, USER);
    }

    public Story(Acme acme, String userId) {
        this.acme = acme;
        this.userId = userId;
    }

    /** As text, so that tests can read it. */
    public static Sealed seal(Cause cause, Explanation explanation) {
        return new Sealed((explanation.values() + " " + explanation.rules()).getBytes(UTF_8));
    }

    /** Lets time pass. */
    public Story after(Duration passed) {
        now = now.plus(passed);
        return this;
    }

    public Instant now() {
        return now;
    }

    public Outcome.Decided track(String actionCode, String idempotencyKey) {
        return (Outcome.Decided)
                tell(new Event.Track(cause(), new ActionKey(actionCode, idempotencyKey), Profile.UNKNOWN))
                        .get(0);
    }

    public Decision track(String actionCode, Signals signals) {
        var cause = cause();
        var event = new Event.Track(cause, new ActionKey(actionCode, cause.eventId()), Profile.UNKNOWN, signals);
        return ((Outcome.Decided) tell(event).get(0)).decision();
    }

    public Outcome.Changed enroll(String actionCode, String idempotencyKey, boolean mayAdd) {
        return enroll(actionCode, idempotencyKey, mayAdd, Acme.SECRET);
    }

    public Outcome.Changed enroll(String actionCode, String idempotencyKey, boolean mayAdd, byte[] secret) {
        var cause = cause();
        return (Outcome.Changed) tell(new Event.Enroll(
                        cause,
                        new ActionKey(actionCode, idempotencyKey),
                        "authenticator-" + cause.eventId(),
                        VerificationMethod.AUTHENTICATOR_APP,
                        new Sealed(secret),
                        mayAdd,
                        now.plus(Acme.LIFETIME)))
                .get(0);
    }

    /** Answers with the code of the authenticator app some steps from now. */
    public Outcome.Verified verify(String actionCode, String idempotencyKey, int steps) {
        return verify(actionCode, idempotencyKey, code(Acme.SECRET, steps));
    }

    public Outcome.Verified verify(String actionCode, String idempotencyKey, String code) {
        return (Outcome.Verified)
                tell(verifying(actionCode, idempotencyKey, code)).get(0);
    }

    public Event.Verify verifying(String actionCode, String idempotencyKey, String code) {
        return new Event.Verify(
                cause(), new ActionKey(actionCode, idempotencyKey), VerificationMethod.AUTHENTICATOR_APP, code);
    }

    /** Answers with a code that the tenant, asked about it, lets count. */
    public Outcome.Verified approved(String actionCode, String idempotencyKey, String code) {
        return (Outcome.Verified) tell(new Event.Verify(
                        cause(),
                        new ActionKey(actionCode, idempotencyKey),
                        VerificationMethod.AUTHENTICATOR_APP,
                        code,
                        true))
                .get(0);
    }

    /** Starts binding an address to the user, who is sent a code. */
    public Outcome.Changed enroll(
            String actionCode, String idempotencyKey, VerificationMethod method, String email, String code) {
        return enroll(actionCode, idempotencyKey, method, email, code, false);
    }

    public Outcome.Changed enroll(
            String actionCode,
            String idempotencyKey,
            VerificationMethod method,
            String email,
            String code,
            boolean mayAdd) {
        var cause = cause();
        return (Outcome.Changed) tell(new Event.EnrollContact(
                        cause,
                        new ActionKey(actionCode, idempotencyKey),
                        "authenticator-" + cause.eventId(),
                        method,
                        sealed(email),
                        sealed(code),
                        mayAdd,
                        now.plus(Acme.LIFETIME)))
                .get(0);
    }

    public Outcome.Changed send(String actionCode, String idempotencyKey, VerificationMethod method, String code) {
        return (Outcome.Changed)
                tell(new Event.SendCode(cause(), new ActionKey(actionCode, idempotencyKey), method, sealed(code)))
                        .get(0);
    }

    /** Answers with a code that was sent. */
    public Outcome.Verified answer(String actionCode, String idempotencyKey, VerificationMethod method, String code) {
        return (Outcome.Verified)
                tell(new Event.Verify(cause(), new ActionKey(actionCode, idempotencyKey), method, code))
                        .get(0);
    }

    private static Sealed sealed(String text) {
        return new Sealed(text.getBytes(UTF_8));
    }

    /** Starts binding a passkey; the challenge is the event's id. */
    public Outcome.Changed enrollPasskey(String actionCode, String idempotencyKey, boolean mayAdd) {
        var cause = cause();
        return (Outcome.Changed) tell(new Event.Enroll(
                        cause,
                        new ActionKey(actionCode, idempotencyKey),
                        "authenticator-" + cause.eventId(),
                        VerificationMethod.PASSKEY,
                        new Sealed(cause.eventId().getBytes(UTF_8)),
                        mayAdd,
                        now.plus(Acme.LIFETIME)))
                .get(0);
    }

    /** Answers with what a browser made. */
    public Outcome.Verified answer(String actionCode, String idempotencyKey, String json) {
        return (Outcome.Verified)
                tell(answering(actionCode, idempotencyKey, json)).get(0);
    }

    public Event.Verify answering(String actionCode, String idempotencyKey, String json) {
        return new Event.Verify(cause(), new ActionKey(actionCode, idempotencyKey), VerificationMethod.PASSKEY, json);
    }

    public List<Outcome> expire(String actionCode, String idempotencyKey) {
        return tell(new Event.Expire(cause(), new ActionKey(actionCode, idempotencyKey)));
    }

    public Outcome.Changed deleteAuthenticator(String authenticatorId) {
        return (Outcome.Changed)
                tell(new Event.DeleteAuthenticator(cause(), authenticatorId)).get(0);
    }

    public Outcome.Changed update(Profile told, ProfileField... reset) {
        return (Outcome.Changed)
                tell(new Event.UpdateUser(cause(), told, Set.of(reset))).get(0);
    }

    public Outcome.Changed vouch(VerificationMethod method, String contact, Optional<Boolean> isDefault) {
        var cause = cause();
        return (Outcome.Changed) tell(new Event.AddAuthenticator(
                        cause,
                        "authenticator-" + cause.eventId(),
                        method,
                        sealed(contact),
                        isDefault,
                        Optional.of(newCodes(cause))))
                .get(0);
    }

    /** Asks for new recovery codes, which are {@link #recoveryCode} of this very event. */
    public Outcome.Changed issueRecoveryCodes(String actionCode, String idempotencyKey, boolean isInScope) {
        var cause = cause();
        return (Outcome.Changed)
                tell(new Event.IssueRecoveryCodes(cause, newCodes(cause), grant(actionCode, idempotencyKey, isInScope)))
                        .get(0);
    }

    private static NewRecoveryCodes newCodes(Cause cause) {
        var codes = IntStream.range(0, RecoverySet.CODES_MAX)
                .mapToObj(index -> RecoveryCode.of(bytesOf(cause.eventId(), index)))
                .toList();
        return new NewRecoveryCodes(
                "codes-" + cause.eventId(), RecoverySet.of(new byte[RecoverySet.SALT_BYTES], codes));
    }

    /** A recovery code of the set that the user's latest issue was given, as the user writes it. */
    public String recoveryCode(int index) {
        var identity = user().recoveryCodes().orElseThrow().authenticator();
        return RecoveryCode.of(bytesOf(identity.authenticatorId().substring("codes-".length()), index))
                .grouped();
    }

    private static byte[] bytesOf(String eventId, int index) {
        return "%10s%5d".formatted(eventId, index).getBytes(UTF_8);
    }

    /** Answers with a recovery code. */
    public Outcome.Verified recover(String actionCode, String idempotencyKey, String code) {
        return (Outcome.Verified) tell(new Event.Verify(
                        cause(), new ActionKey(actionCode, idempotencyKey), VerificationMethod.RECOVERY_CODE, code))
                .get(0);
    }

    public Outcome.Changed makeDefault(
            String authenticatorId, String actionCode, String idempotencyKey, boolean isInScope) {
        return (Outcome.Changed) tell(new Event.UpdateAuthenticator(
                        cause(), authenticatorId, grant(actionCode, idempotencyKey, isInScope)))
                .get(0);
    }

    public Outcome.Changed remove(String authenticatorId, String actionCode, String idempotencyKey, boolean isInScope) {
        return (Outcome.Changed) tell(new Event.RemoveAuthenticator(
                        cause(), authenticatorId, grant(actionCode, idempotencyKey, isInScope)))
                .get(0);
    }

    private static Grant grant(String actionCode, String idempotencyKey, boolean isInScope) {
        return new Grant(new ActionKey(actionCode, idempotencyKey), isInScope);
    }

    public Outcome.Changed updateAction(String actionCode, String idempotencyKey, ActionState state) {
        return (Outcome.Changed) tell(new Event.UpdateAction(cause(), new ActionKey(actionCode, idempotencyKey), state))
                .get(0);
    }

    public Outcome.Changed claim(
            String actionCode, String idempotencyKey, String claimedBy, boolean isUnverifiedTaken) {
        return (Outcome.Changed)
                tell(new Event.Claim(cause(), new ActionKey(actionCode, idempotencyKey), claimedBy, isUnverifiedTaken))
                        .get(0);
    }

    public Outcome.Changed deleteUser() {
        return (Outcome.Changed) tell(new Event.DeleteUser(cause())).get(0);
    }

    /** A user with an authenticator, whose step just before now is burnt. */
    public Story enrolled() {
        track("enroll", "first");
        enroll("enroll", "first", false);
        verify("enroll", "first", -1);
        return this;
    }

    /** Gives the decider an event, perhaps one that it had before. */
    public List<Outcome> tell(Event event) {
        told.add(event);
        var step = decider.decide(user, event, acme.configuration());
        user = Optional.of(step.user());
        outcomes.add(step.outcomes());
        return step.outcomes();
    }

    /** Every event so far, in order. */
    public List<Event> told() {
        return List.copyOf(told);
    }

    /** What each of them gave. */
    public List<List<Outcome>> outcomes() {
        return List.copyOf(outcomes);
    }

    public User user() {
        return user.orElseThrow();
    }

    public Cause cause() {
        events++;
        return new Cause("event-" + events, Acme.TENANT, userId, now, Optional.empty());
    }

    /** The code that an authenticator app shows some steps from now. */
    public String code(byte[] secret, int steps) {
        return code(secret, TotpWindow.stepAt(now) + steps);
    }

    /** The code that an authenticator app shows at a time. */
    public static String codeAt(Instant at, byte[] secret) {
        return code(secret, TotpWindow.stepAt(at));
    }

    private static String code(byte[] secret, long step) {
        try {
            var hotp = new HmacOneTimePasswordGenerator(6);
            return hotp.generateOneTimePasswordString(new SecretKeySpec(secret, "RAW"), step, Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }

    /** A code that no step near now has. */
    public String wrongCode() {
        var near = IntStream.rangeClosed(-2, 2)
                .mapToObj(steps -> code(Acme.SECRET, steps))
                .toList();
        return IntStream.range(0, 6)
                .mapToObj("00000%d"::formatted)
                .filter(code -> !near.contains(code))
                .findFirst()
                .orElseThrow();
    }
}
