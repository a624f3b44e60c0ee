package sluice.rules.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Optional;
import sluice.schemas.VerificationMethod;

/**
 * A session of a user at one client. Nothing in it lets anybody in.
 *
 * @param sessionId derived from the decision of the action that made it
 * @param method what the action's challenge was met with; empty where none was asked for
 * @param generation which of its refresh tokens is good now, from 1
 * @param expiresAt when it ends if it is not refreshed
 */
@RecordBuilder
public record Session(
        String sessionId,
        String clientId,
        Instant createdAt,
        Optional<VerificationMethod> method,
        int generation,
        Instant expiresAt)
        implements SessionBuilder.With {
    static final int FIRST_GENERATION = 1;

    public Session {
        if (generation < FIRST_GENERATION) throw new IllegalArgumentException("No generation " + generation);
    }
}
