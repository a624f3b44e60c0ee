package sluice.track.http;

import io.javalin.http.Context;
import sluice.schemas.id.NobodyId;
import sluice.schemas.id.UserKey;
import sluice.track.http.json.Texts;

/** The parts of a path, as the contract bounds them. Javalin has decoded each once. */
final class Paths {
    private Paths() {}

    /** Any text that can be transported, but no NUL, which some stores downstream can't hold. */
    static String userId(Context context) {
        return userId(context.pathParam("userId"));
    }

    /** Nobody's id is made by Sluice alone: such a user is asked for by their challenge, and by nothing else. */
    static String userId(String userId) {
        if (!isSound(userId) || NobodyId.is(userId)) {
            throw Refusal.INVALID_REQUEST.because("userId: expected 1 to " + UserKey.TEXT_LENGTH_MAX
                    + " characters of well-formed Unicode, not nobody: and a UUID.");
        }
        return userId;
    }

    static String actionCode(Context context) {
        return actionCode(context.pathParam("action"));
    }

    static String actionCode(String text) {
        if (!UserKey.isActionCode(text)) {
            throw Refusal.INVALID_REQUEST.because("action: expected 1 to 64 of A-Z, a-z, 0-9, _ and -.");
        }
        return text;
    }

    static String idempotencyKey(Context context) {
        return idempotencyKey(context.pathParam("idempotencyKey"));
    }

    static String idempotencyKey(String text) {
        if (!isSound(text)) {
            throw Refusal.INVALID_REQUEST.because(
                    "idempotencyKey: expected 1 to " + UserKey.TEXT_LENGTH_MAX + " characters.");
        }
        return text;
    }

    /** What names no authenticator is one that the user does not have. */
    static String userAuthenticatorId(Context context) {
        var id = context.pathParam("userAuthenticatorId");
        if (!isSound(id)) throw Refusal.NOT_FOUND.because("The user has no such authenticator.");
        return id;
    }

    /** The replacement character is what bytes that are no UTF-8 decode to: two ids would become one. */
    static boolean isSound(String text) {
        return UserKey.isText(text) && text.indexOf('\uFFFD') < 0 && Texts.isWellFormed(text);
    }
}
