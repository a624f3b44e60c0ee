package sluice.rules.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session that has not ended, with what its refresh tokens are judged by.
 *
 * @param secretHashes SHA-256, in lower-case hexadecimal, of what is inside the refresh tokens: one for each time that
 *     the call that made the session came
 * @param usedAt when the refresh token of the generation before was used
 * @param endsAt when the session ends however often it is refreshed
 */
@RecordBuilder
public record LiveSession(Session session, List<String> secretHashes, Optional<Instant> usedAt, Instant endsAt)
        implements LiveSessionBuilder.With {
    /** A call and the two retries of an SDK. */
    static final int SECRETS_MAX = 3;

    /** For so long whoever lost the answer may ask with the same refresh token again. */
    static final Duration RETRY = Duration.ofSeconds(10);

    public LiveSession {
        secretHashes = List.copyOf(secretHashes);
    }

    String id() {
        return session.sessionId();
    }

    boolean isOver(Instant at) {
        return !at.isBefore(session.expiresAt());
    }

    /** Whether none of its refresh tokens was used yet. */
    boolean isFresh() {
        return session.generation() == Session.FIRST_GENERATION;
    }

    /** Whether a refresh token's secret is one of the session's. All are compared, so the time taken tells nothing. */
    boolean knows(String secretHash) {
        var isKnown = false;
        for (var each : secretHashes) {
            isKnown |= MessageDigest.isEqual(each.getBytes(US_ASCII), secretHash.getBytes(US_ASCII));
        }
        return isKnown;
    }

    /** The session whose call came once more: what that call gives is as good as what the first gave. */
    LiveSession repeated(String secretHash) {
        var hashes = new ArrayList<>(secretHashes);
        hashes.add(secretHash);
        if (hashes.size() > SECRETS_MAX) hashes.remove(0);
        return withSecretHashes(hashes);
    }

    /** Whether a refresh token is the one used last, and its answer may have been lost. */
    boolean isRetry(int generation, Instant at) {
        return generation == session.generation() - 1
                && usedAt.filter(used -> at.isBefore(used.plus(RETRY))).isPresent();
    }

    /** The session in its next generation; the refresh tokens before it are used up. */
    LiveSession refreshed(Instant at, Instant until) {
        var next =
                session.withGeneration(session.generation() + 1).withExpiresAt(endsAt.isBefore(until) ? endsAt : until);
        return withSession(next).withUsedAt(Optional.of(at));
    }
}
