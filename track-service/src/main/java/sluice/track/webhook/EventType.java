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
    /** Asks whether a right answer may meet its challenge. */
    ACTION_VERIFY(Webhook.ACTION_VERIFY),
    /** Has the tenant send the mail with a code or a link. */
    EMAIL_CREATED("email.created");

    private final String text;

    EventType(String text) {
        this.text = text;
    }

    /** The name in bodies and settings. */
    public String text() {
        return text;
    }

    /** The type of that name. */
    public static Optional<EventType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }
}
