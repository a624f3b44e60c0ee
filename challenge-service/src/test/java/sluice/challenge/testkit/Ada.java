package sluice.challenge.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.challenge.domain.ActionKey;
import sluice.challenge.domain.Asker;
import sluice.challenge.domain.Authenticator;
import sluice.challenge.domain.Decision;
import sluice.challenge.domain.Update;
import sluice.challenge.domain.Verification;
import sluice.runtime.audit.domain.Actor;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.CredentialKind;
import sluice.schemas.RefusalCause;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;
import sluice.schemas.id.DerivedId;

/** A user who signs in. A challenge of hers lapses after ten minutes; each attempt comes a second after the one before. */
public final class Ada {
    public static final String TENANT = "acme";
    public static final String USER = "ada";
    public static final String KEY = "acme/ada";
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final Duration LIFETIME = Duration.ofMinutes(10);
    public static final ActionKey SIGN_IN = new ActionKey(TENANT, USER, "signIn", "key-1");
    public static final String TRACK = "track-1";

    private static final Authenticator APP = new Authenticator(
            "authenticator-1",
            VerificationMethod.AUTHENTICATOR_APP,
            START.minusSeconds(60),
            Optional.of(START.minusSeconds(30)),
            Optional.empty(),
            true);

    private Ada() {}

    /** Her shop's backend, which tracks. */
    public static final Actor BACKEND = new Actor(CredentialKind.SERVER_SECRET, Optional.of("0a1b2c3d4e5f"), "track");

    /** Her own browser, which answers. */
    public static final Actor CLIENT =
            new Actor(CredentialKind.CLIENT_TOKEN, Optional.of("token-of-ada"), "verifyTotp");

    /** Her shop's backend, which sets states. */
    public static final Actor SUPPORT =
            new Actor(CredentialKind.SERVER_SECRET, Optional.of("0a1b2c3d4e5f"), "updateAction");

    public static Decision challenged() {
        return decided(ActionState.CHALLENGE_REQUIRED);
    }

    public static Decision decided(ActionState state) {
        return decided(SIGN_IN, TRACK, START, state);
    }

    public static Decision decided(ActionKey action, String causeId, Instant at, ActionState state) {
        var isChallenge = state == ActionState.CHALLENGE_REQUIRED;
        return new Decision(
                DerivedId.of(causeId, "decision"),
                causeId,
                action,
                at,
                isChallenge ? ActionOutcome.CHALLENGE : ActionOutcome.ALLOW,
                state,
                List.of("rule-1", "rule-2"),
                7,
                true,
                List.of(VerificationMethod.AUTHENTICATOR_APP),
                List.of(VerificationMethod.AUTHENTICATOR_APP, VerificationMethod.PASSKEY),
                Optional.of(VerificationMethod.AUTHENTICATOR_APP),
                isChallenge ? Optional.of(at.plus(LIFETIME)) : Optional.empty(),
                List.of("rule-3"),
                Optional.of(ActionOutcome.BLOCK),
                Optional.of(BACKEND));
    }

    public static Verification verified(int attempt, VerificationResult result) {
        return verified(SIGN_IN, attempt, result);
    }

    /** The result of the verify event with this number. */
    public static Verification verified(ActionKey action, int attempt, VerificationResult result) {
        var causeId = "verify-" + attempt;
        var isVerified = result == VerificationResult.VERIFIED;
        var isCounted = result != VerificationResult.RATE_LIMITED && result != VerificationResult.EXPIRED;
        return new Verification(
                DerivedId.of(causeId, "verification"),
                causeId,
                action,
                START.plusSeconds(attempt),
                result,
                result == VerificationResult.REFUSED ? Optional.of(RefusalCause.WRONG_CODE) : Optional.empty(),
                VerificationMethod.AUTHENTICATOR_APP,
                isCounted ? attempt : 0,
                isVerified ? Optional.of(APP) : Optional.empty(),
                false,
                result == VerificationResult.LOCKED_OUT ? Optional.of(START.plusSeconds(900)) : Optional.empty(),
                Optional.of(CLIENT));
    }

    /** A backend sets a state, some seconds after she began to sign in. */
    public static Update updated(int seconds, ActionState state, boolean isRecent) {
        var causeId = "update-" + seconds;
        var at = START.plusSeconds(seconds);
        var isChallenge = state == ActionState.CHALLENGE_REQUIRED;
        return new Update(
                DerivedId.of(causeId, "user-change"),
                causeId,
                SIGN_IN,
                at,
                state,
                isRecent,
                isChallenge ? Optional.of(at.plus(LIFETIME)) : Optional.empty(),
                Optional.of(SUPPORT));
    }

    /** An ingress instance that waits for the answer to an event. */
    public static Optional<Asker> asks(String eventId) {
        return Optional.of(new Asker(eventId, 3));
    }
}
