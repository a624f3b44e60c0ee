package sluice.rules.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.Event;
import sluice.rules.domain.Outcome;
import sluice.schemas.ActionOutcome;
import sluice.schemas.CommandRefusal;
import sluice.schemas.VerificationMethod;

/** One user's sessions: of actions that are allowed; refreshed or not for a day they end, in any case after a week. */
public final class SessionStory {
    public static final String ACTION = "browse";
    public static final String CLIENT = "web";
    public static final Duration IDLE = Duration.ofDays(1);
    public static final Duration LONGEST = Duration.ofDays(7);

    private final Story story;

    /** A refresh token that somebody holds. */
    public record Token(String sessionId, int generation, String secretHash) {}

    public SessionStory() {
        this.story = new Story(new Acme().outcome(ACTION, ActionOutcome.ALLOW));
    }

    public Story story() {
        return story;
    }

    public SessionStory after(Duration passed) {
        story.after(passed);
        return this;
    }

    /** The user does something that they may. */
    public SessionStory allowed(String idempotencyKey) {
        story.track(ACTION, idempotencyKey);
        return this;
    }

    /** Asks for a session of that, with a secret of its own. */
    public Outcome.Changed create(String idempotencyKey, String secret) {
        return create(ACTION, idempotencyKey, CLIENT, secret);
    }

    public Outcome.Changed create(String actionCode, String idempotencyKey, String clientId, String secret) {
        return tell(new Event.CreateSession(
                story.cause(),
                new ActionKey(actionCode, idempotencyKey),
                clientId,
                Optional.of(VerificationMethod.AUTHENTICATOR_APP),
                hash(secret),
                story.now().plus(IDLE),
                story.now().plus(LONGEST)));
    }

    /** A session of a new action, and its first refresh token. */
    public Token session(String idempotencyKey) {
        allowed(idempotencyKey);
        return token(create(idempotencyKey, "secret-" + idempotencyKey), "secret-" + idempotencyKey);
    }

    public Outcome.Changed refresh(Token token) {
        return tell(new Event.RefreshSession(
                story.cause(),
                token.sessionId(),
                token.generation(),
                token.secretHash(),
                story.now().plus(IDLE)));
    }

    /** Refreshes where that must succeed; the next token. */
    public Token refreshed(Token token) {
        return next(token, refresh(token));
    }

    /** What the holder of a token has after this answer. */
    public static Token next(Token token, Outcome.Changed answer) {
        return new Token(token.sessionId(), answer.session().orElseThrow().generation(), token.secretHash());
    }

    public Outcome.Changed revoke(String sessionId) {
        return tell(new Event.RevokeSession(story.cause(), sessionId));
    }

    public Outcome.Changed revokeAll() {
        return tell(new Event.RevokeSessions(story.cause()));
    }

    /** Whether a change is the refusal of something that is not there, or not any more. */
    public static boolean isRefused(Outcome.Changed changed) {
        return changed.refusal().filter(CommandRefusal.NOT_FOUND::equals).isPresent();
    }

    /** The refresh token that a session's making gave. */
    public static Token token(Outcome.Changed created, String secret) {
        var session = created.session().orElseThrow();
        return new Token(session.sessionId(), session.generation(), hash(secret));
    }

    private Outcome.Changed tell(Event event) {
        return (Outcome.Changed) story.tell(event).get(0);
    }

    public static String hash(String secret) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
