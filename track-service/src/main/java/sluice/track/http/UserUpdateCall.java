package sluice.track.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sluice.schemas.CustomValue;
import sluice.schemas.Profile;
import sluice.schemas.ProfileField;
import sluice.schemas.UserUpdate;
import sluice.track.http.json.JsonBody;

/** The body of an update of a user, every field checked: absent keeps, null resets (contract section 3, update). */
final class UserUpdateCall {
    private static final int SHORT = 256;

    /** The profile is read and written with each event of the user. */
    private static final int CUSTOM_LENGTH_MAX = 16_384;

    private static final Map<String, ProfileField> FIELDS = Map.of(
            "email", ProfileField.EMAIL,
            "emailVerified", ProfileField.EMAIL_VERIFIED,
            "phoneNumber", ProfileField.PHONE_NUMBER,
            "phoneNumberVerified", ProfileField.PHONE_NUMBER_VERIFIED,
            "username", ProfileField.USERNAME,
            "displayName", ProfileField.DISPLAY_NAME,
            "custom", ProfileField.CUSTOM,
            "locale", ProfileField.LOCALE);

    private UserUpdateCall() {}

    static UserUpdate of(Context context) {
        var body = JsonBody.of(context);
        var told = Profile.newBuilder()
                .setEmail(body.text("email", 2 * SHORT).orElse(null))
                .setEmailVerified(body.truth("emailVerified").orElse(null))
                .setPhoneNumber(body.text("phoneNumber", SHORT).orElse(null))
                .setPhoneNumberVerified(body.truth("phoneNumberVerified").orElse(null))
                .setUsername(body.text("username", SHORT).orElse(null))
                .setDisplayName(body.text("displayName", SHORT).orElse(null))
                .setCustom(custom(body))
                .setLocale(body.text("locale", SHORT).orElse(null))
                .build();
        return new UserUpdate(told, reset(body, told));
    }

    private static Map<String, CustomValue> custom(JsonBody body) {
        var custom = CustomData.of(body);
        var length = custom.entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + lengthOf(entry.getValue()))
                .sum();
        if (length > CUSTOM_LENGTH_MAX) {
            throw JsonBody.refused("custom", "at most " + CUSTOM_LENGTH_MAX + " characters of names and texts in all");
        }
        return custom;
    }

    private static int lengthOf(CustomValue value) {
        if (value.getTexts() != null)
            return value.getTexts().stream().mapToInt(String::length).sum();
        return value.getText() == null ? 0 : value.getText().length();
    }

    /** What is null; custom data without a data point too, since what is told replaces what was. */
    private static List<ProfileField> reset(JsonBody body, Profile told) {
        var reset = new ArrayList<ProfileField>();
        FIELDS.forEach((name, field) -> {
            var isNothing = field == ProfileField.CUSTOM
                    ? told.getCustom().isEmpty()
                    : body.value(name).isEmpty();
            if (body.has(name) && isNothing) reset.add(field);
        });
        return reset;
    }
}
