package sluice.track.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.schemas.Authenticator;
import sluice.schemas.Profile;
import sluice.schemas.UserView;
import sluice.schemas.VerificationMethod;

/** A user as the contract's section 3 has it. */
record UserAnswer(
        boolean isEnrolled,
        @Nullable String email,
        boolean emailVerified,
        @Nullable String phoneNumber,
        boolean phoneNumberVerified,
        @Nullable String username,
        @Nullable String displayName,
        Map<String, Object> custom,
        @Nullable String locale,
        List<VerificationMethod> enrolledVerificationMethods,
        List<VerificationMethod> allowedVerificationMethods) {
    private static final Profile NOTHING = Profile.newBuilder().build();

    static UserAnswer of(String tenantId, UserView view, ConfigurationView configuration) {
        var profile = view.getProfile() == null ? NOTHING : view.getProfile();
        return new UserAnswer(
                view.getIsEnrolled(),
                profile.getEmail(),
                Boolean.TRUE.equals(profile.getEmailVerified()),
                profile.getPhoneNumber(),
                Boolean.TRUE.equals(profile.getPhoneNumberVerified()),
                profile.getUsername(),
                profile.getDisplayName(),
                CustomData.answer(profile.getCustom()),
                profile.getLocale(),
                view.getAuthenticators().stream()
                        .map(Authenticator::getMethod)
                        .distinct()
                        .toList(),
                Arrays.stream(VerificationMethod.values())
                        .filter(method ->
                                configuration.authenticator(tenantId, method).isActive())
                        .toList());
    }
}
