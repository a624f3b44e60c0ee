package sluice.track.webhook;

import java.util.Arrays;
import java.util.Optional;
import sluice.runtime.configuration.domain.Setting.Webhook;

/** What a tenant can be told of, or asked (contract section 9), and the event's name. */
public enum EventType {
    ACTION_LOG_CREATED("action.log_created"),
    AUTHENTICATOR_CREATED("authenticator.created"),
    AUTHENTICATOR_UPDATED("authenticator.updated"),
    AUTHENTICATOR_DELETED("authenticator.deleted"),
    /** Sluice's own: all of a user's authenticators went, and no event tells of each. */
    USER_DELETED("user.deleted"),
    /** Sluice's own, told by name alone: a right code came again (NIST SP 800-63B, a replay). */
    TOTP_REPLAY_REFUSED("totp.replay_refused", true),
    /** Sluice's own, told by name alone: an answer to a challenge was wrong, or the user is locked out. */
    ATTEMPT_REFUSED("attempt.refused", true),
    /** Asks whether a right answer may meet its challenge. */
    ACTION_VERIFY(Webhook.ACTION_VERIFY, true),
    /** Has the tenant send the mail with a code or a link. */
    EMAIL_CREATED("email.created", true);

    private final String text;
    private final boolean isByName;

    EventType(String text) {
        this(text, false);
    }

    EventType(String text, boolean isByName) {
        this.text = text;
        this.isByName = isByName;
    }

    /** The name in bodies and settings. */
    public String text() {
        return text;
    }

    /** Whether only who lists this type gets it, and who lists none doesn't. */
    boolean isByName() {
        return isByName;
    }

    /** The type of that name. */
    public static Optional<EventType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }
}
