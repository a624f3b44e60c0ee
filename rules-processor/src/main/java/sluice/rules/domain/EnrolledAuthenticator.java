package sluice.rules.domain;

import java.time.Instant;
import java.util.Optional;
import sluice.runtime.seal.domain.Sealed;

/**
 * An authenticator with what checks its codes.
 *
 * @param secret the TOTP secret, sealed; empty where the method has none
 * @param burntStep last accepted time step; it and all before it are never accepted again (RFC 6238 section 5.2)
 */
public record EnrolledAuthenticator(Authenticator authenticator, Optional<Sealed> secret, long burntStep) {
    /** No step has been accepted yet. */
    public static final long NO_STEP = -1;

    /**
     * The authenticator after the code of a step was accepted.
     *
     * @throws IllegalArgumentException if the step was burnt already (promise P5)
     */
    EnrolledAuthenticator burn(long step, Instant at) {
        if (step <= burntStep) throw new IllegalArgumentException("Step " + step + " was burnt before");
        return new EnrolledAuthenticator(authenticator.verified(at), secret, step);
    }

    /** The authenticator after an answer was accepted that no time step belongs to. */
    EnrolledAuthenticator verified(Instant at) {
        return new EnrolledAuthenticator(authenticator.verified(at), secret, burntStep);
    }

    EnrolledAuthenticator offeredFirst(boolean isFirst) {
        return new EnrolledAuthenticator(authenticator.offeredFirst(isFirst), secret, burntStep);
    }

    boolean isDefault() {
        return authenticator.isDefault();
    }

    String id() {
        return authenticator.authenticatorId();
    }
}
