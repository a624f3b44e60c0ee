package sluice.rules.domain;

import java.util.List;
import java.util.Optional;
import sluice.schemas.ActionState;
import sluice.schemas.CommandRefusal;
import sluice.schemas.UserChangeKind;
import sluice.schemas.id.DerivedId;

/**
 * The life of sessions (contract section 3). Refresh tokens rotate: of a session's generations one is good at a time,
 * and one that comes again when it was used ends the session, since one of two who have it is not the user (RFC 9700
 * section 4.14.2).
 */
final class Sessions {
    private Sessions() {}

    /**
     * Makes the one session of an action. The call may come again, as SDKs repeat it where an answer is lost: it is the
     * same session, as long as nothing of it was used.
     */
    static Step create(User user, Event.CreateSession event) {
        var action = user.recentAction(event.action()).filter(Sessions::mayMakeOne);
        if (action.isEmpty()) return refused(user, event, CommandRefusal.NOT_FOUND);
        var sessionId = DerivedId.of(action.get().decision().eventId(), "session");
        if (!action.get().hasSession()) {
            var made = made(sessionId, event);
            return told(
                    user.with(action.get().withHasSession(true)).with(made),
                    event,
                    UserChangeKind.SESSION_CREATED,
                    made);
        }
        var before = user.session(sessionId).filter(LiveSession::isFresh);
        if (before.isEmpty()) return refused(user, event, CommandRefusal.NOT_FOUND);
        if (!before.get().session().clientId().equals(event.clientId())) {
            return refused(user, event, CommandRefusal.MALFORMED);
        }
        var repeated = before.get().repeated(event.secretHash());
        return told(user.with(repeated), event, UserChangeKind.SESSION_CREATED, repeated);
    }

    private static boolean mayMakeOne(RecentAction action) {
        var isGood = action.state() == ActionState.CHALLENGE_SUCCEEDED || action.state() == ActionState.ALLOW;
        return isGood && !action.isRevoked();
    }

    private static LiveSession made(String sessionId, Event.CreateSession event) {
        var expiresAt = event.endsAt().isBefore(event.expiresAt()) ? event.endsAt() : event.expiresAt();
        var session = new Session(
                sessionId, event.clientId(), event.cause().at(), event.method(), Session.FIRST_GENERATION, expiresAt);
        return new LiveSession(session, List.of(event.secretHash()), Optional.empty(), event.endsAt());
    }

    /** Takes a refresh token once, or again where its answer may have been lost and nothing later was used. */
    static Step refresh(User user, Event.RefreshSession event) {
        var at = event.cause().at();
        var found = user.session(event.sessionId()).filter(session -> session.knows(event.secretHash()));
        if (found.isEmpty()) return refused(user, event, CommandRefusal.NOT_FOUND);
        var live = found.get();
        if (event.generation() == live.session().generation()) {
            var refreshed = live.refreshed(at, event.expiresAt());
            return told(user.with(refreshed), event, UserChangeKind.SESSION_REFRESHED, refreshed);
        }
        return live.isRetry(event.generation(), at)
                ? told(user, event, UserChangeKind.SESSION_REFRESHED, live)
                : told(user.without(live), event, UserChangeKind.SESSION_REUSE_DETECTED, live);
    }

    static Step revoke(User user, Event.RevokeSession event) {
        var live = user.session(event.sessionId());
        return live.isEmpty()
                ? refused(user, event, CommandRefusal.NOT_FOUND)
                : told(user.without(live.get()), event, UserChangeKind.SESSION_REVOKED, live.get());
    }

    static Step revokeAll(User user, Event.RevokeSessions event) {
        return new Step(
                user.withSessions(List.of()),
                List.of(Outcome.Changed.of(event.cause(), UserChangeKind.SESSIONS_REVOKED)));
    }

    private static Step told(User after, Event event, UserChangeKind kind, LiveSession live) {
        return new Step(after, List.of(Outcome.Changed.of(event.cause(), kind, live.session())));
    }

    private static Step refused(User user, Event event, CommandRefusal refusal) {
        return new Step(user, List.of(Outcome.Changed.refused(event.cause(), refusal)));
    }
}
