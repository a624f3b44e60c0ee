package sluice.track.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.schemas.LookupField;
import sluice.schemas.LookupFilter;
import sluice.track.http.json.Texts;

/**
 * The parameters of a query for users, every one checked; an empty one is none.
 *
 * @param filters those that few users share come first
 * @param token a challenge token, not checked yet
 */
record UserLookupCall(List<LookupFilter> filters, Optional<String> token, Optional<String> after, int limit) {
    private static final int SHORT = 256;
    private static final int TOKEN_LENGTH_MAX = 8192;
    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 100;

    static UserLookupCall of(Context context) {
        var filters = new ArrayList<LookupFilter>();
        filter(context, "username", SHORT, LookupField.USERNAME).ifPresent(filters::add);
        filter(context, "email", 2 * SHORT, LookupField.EMAIL).ifPresent(filters::add);
        filter(context, "phoneNumber", SHORT, LookupField.PHONE_NUMBER).ifPresent(filters::add);
        var token = text(context, "token", TOKEN_LENGTH_MAX);
        if (filters.isEmpty() && token.isEmpty()) {
            throw Refusal.INVALID_REQUEST.because("Expected username, email, phoneNumber or token.");
        }
        return new UserLookupCall(List.copyOf(filters), token, after(context), limit(context));
    }

    private static Optional<LookupFilter> filter(Context context, String name, int lengthMax, LookupField field) {
        return text(context, name, lengthMax).map(value -> new LookupFilter(field, value));
    }

    private static Optional<String> text(Context context, String name, int lengthMax) {
        var text = Optional.ofNullable(context.queryParam(name)).filter(value -> !value.isEmpty());
        if (text.filter(value -> value.length() > lengthMax || !Texts.isWellFormed(value))
                .isPresent()) {
            throw Refusal.INVALID_REQUEST.because(
                    name + ": expected at most " + lengthMax + " characters of well-formed Unicode.");
        }
        return text;
    }

    private static Optional<String> after(Context context) {
        var after =
                Optional.ofNullable(context.queryParam("lastEvaluatedUserId")).filter(value -> !value.isEmpty());
        if (after.filter(value -> !Paths.isSound(value)).isPresent()) {
            throw Refusal.INVALID_REQUEST.because("lastEvaluatedUserId: expected a user id.");
        }
        return after;
    }

    private static int limit(Context context) {
        var text = Optional.ofNullable(context.queryParam("limit")).filter(value -> !value.isEmpty());
        if (text.isEmpty()) return LIMIT_DEFAULT;
        var limit = text.get().matches("[0-9]{1,3}") ? Integer.parseInt(text.get()) : 0;
        if (limit < 1 || limit > LIMIT_MAX) {
            throw Refusal.INVALID_REQUEST.because("limit: expected a whole number, 1 to " + LIMIT_MAX + ".");
        }
        return limit;
    }
}
