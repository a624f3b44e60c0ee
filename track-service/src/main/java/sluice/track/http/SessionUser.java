package sluice.track.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import sluice.schemas.Profile;

/** A session's user, with as much as is known of them. */
record SessionUser(
        String userId,
        @Nullable String email,
        @Nullable Boolean emailVerified,
        @Nullable String phoneNumber,
        @Nullable Boolean phoneNumberVerified,
        @Nullable String username,
        @Nullable String displayName,
        @Nullable Map<String, Object> custom) {

    static SessionUser of(String userId, @Nullable Profile profile) {
        if (profile == null) return new SessionUser(userId, null, null, null, null, null, null, null);
        return new SessionUser(
                userId,
                profile.getEmail(),
                profile.getEmailVerified(),
                profile.getPhoneNumber(),
                profile.getPhoneNumberVerified(),
                profile.getUsername(),
                profile.getDisplayName(),
                profile.getCustom().isEmpty() ? null : CustomData.answer(profile.getCustom()));
    }
}
