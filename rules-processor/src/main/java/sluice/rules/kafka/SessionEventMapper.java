package sluice.rules.kafka;

import java.util.Optional;
import java.util.regex.Pattern;
import sluice.rules.domain.Cause;
import sluice.rules.domain.Event;
import sluice.schemas.CreateSession;
import sluice.schemas.RefreshSession;
import sluice.schemas.RevokeSession;
import sluice.schemas.id.UserKey;

/** Makes events of the commands about sessions, checked as {@link EventMapper} checks all the others. */
final class SessionEventMapper {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private SessionEventMapper() {}

    static Event create(Cause cause, CreateSession details) {
        EventMapper.require(UserKey.isText(details.getClientId()), "a client id");
        return new Event.CreateSession(
                cause,
                EventMapper.action(details.getActionCode(), details.getIdempotencyKey()),
                details.getClientId(),
                Optional.ofNullable(details.getVerificationMethod()),
                hash(details.getSecretHash()),
                EventMapper.time(details.getExpiresAt()),
                EventMapper.time(details.getEndsAt()));
    }

    static Event refresh(Cause cause, RefreshSession details) {
        return new Event.RefreshSession(
                cause,
                details.getSessionId(),
                details.getGeneration(),
                hash(details.getSecretHash()),
                EventMapper.time(details.getExpiresAt()));
    }

    static Event revoke(Cause cause, RevokeSession details) {
        return new Event.RevokeSession(cause, details.getSessionId());
    }

    private static String hash(String text) {
        EventMapper.require(SHA_256.matcher(text).matches(), "a hash");
        return text;
    }
}
