package sluice.rules.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Optional;
import sluice.rules.domain.totp.ClockDrift;
import sluice.rules.domain.totp.TotpWindow;
import sluice.rules.domain.webauthn.Passkey;
import sluice.runtime.seal.domain.Sealed;

/**
 * An authenticator with what checks its codes.
 *
 * @param secret the TOTP secret, or the challenge of a passkey that is being bound, sealed; empty where there is none
 * @param burntStep last accepted time step; it and all before it are never accepted again (RFC 6238 section 5.2)
 * @param passkey empty where it is none, or not bound yet
 * @param clock what its codes have told of the app's clock
 */
@RecordBuilder
public record EnrolledAuthenticator(
        Authenticator authenticator,
        Optional<Sealed> secret,
        long burntStep,
        Optional<Passkey> passkey,
        ClockDrift clock)
        implements EnrolledAuthenticatorBuilder.With {
    /** No step has been accepted yet. */
    public static final long NO_STEP = -1;

    /** One that is no passkey. */
    public EnrolledAuthenticator(Authenticator authenticator, Optional<Sealed> secret, long burntStep) {
        this(authenticator, secret, burntStep, Optional.empty(), ClockDrift.NONE);
    }

    /**
     * The authenticator after the code of a step was accepted.
     *
     * @throws IllegalArgumentException if the step was burnt already (promise P5)
     */
    EnrolledAuthenticator burn(long step, Instant at) {
        if (step <= burntStep) throw new IllegalArgumentException("Step " + step + " was burnt before");
        return withAuthenticator(authenticator.verified(at))
                .withBurntStep(step)
                .withClock(clock.accepted(step - TotpWindow.stepAt(at)));
    }

    /** The authenticator after its passkey was accepted, and is now this. The challenge of its enrolment is gone. */
    EnrolledAuthenticator holding(Passkey accepted, Instant at) {
        return new EnrolledAuthenticator(
                authenticator.verified(at), Optional.empty(), NO_STEP, Optional.of(accepted), ClockDrift.NONE);
    }

    /** The authenticator after an answer was accepted that no time step belongs to. */
    EnrolledAuthenticator verified(Instant at) {
        return withAuthenticator(authenticator.verified(at));
    }

    EnrolledAuthenticator offeredFirst(boolean isFirst) {
        return withAuthenticator(authenticator.offeredFirst(isFirst));
    }

    boolean isDefault() {
        return authenticator.isDefault();
    }

    String id() {
        return authenticator.authenticatorId();
    }
}
