package sluice.rules.kafka;

import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.Optional;
import sluice.rules.domain.CustomValue;
import sluice.rules.domain.Profile;

/** Carries profiles to their records and back. */
final class ProfileMapper {
    private ProfileMapper() {}

    static sluice.schemas.Profile toAvro(Profile profile) {
        return sluice.schemas.Profile.newBuilder()
                .setEmail(profile.email().orElse(null))
                .setEmailVerified(profile.emailVerified().orElse(null))
                .setPhoneNumber(profile.phoneNumber().orElse(null))
                .setPhoneNumberVerified(profile.phoneNumberVerified().orElse(null))
                .setUsername(profile.username().orElse(null))
                .setDisplayName(profile.displayName().orElse(null))
                .setCustom(profile.custom().entrySet().stream()
                        .collect(toMap(Map.Entry::getKey, entry -> toAvro(entry.getValue()))))
                .setLocale(profile.locale().orElse(null))
                .build();
    }

    /** @throws IllegalArgumentException if a custom value is none */
    static Profile toDomain(sluice.schemas.Profile read) {
        return new Profile(
                Optional.ofNullable(read.getEmail()),
                Optional.ofNullable(read.getEmailVerified()),
                Optional.ofNullable(read.getPhoneNumber()),
                Optional.ofNullable(read.getPhoneNumberVerified()),
                Optional.ofNullable(read.getUsername()),
                Optional.ofNullable(read.getDisplayName()),
                customToDomain(read.getCustom()),
                Optional.ofNullable(read.getLocale()));
    }

    /** @throws IllegalArgumentException if a custom value is none */
    static Map<String, CustomValue> customToDomain(Map<String, sluice.schemas.CustomValue> read) {
        return read.entrySet().stream().collect(toMap(Map.Entry::getKey, entry -> toDomain(entry.getValue())));
    }

    private static sluice.schemas.CustomValue toAvro(CustomValue value) {
        return new sluice.schemas.CustomValue(
                value.text().orElse(null),
                value.number().orElse(null),
                value.truth().orElse(null),
                value.texts().orElse(null));
    }

    private static CustomValue toDomain(sluice.schemas.CustomValue read) {
        return new CustomValue(
                Optional.ofNullable(read.getText()),
                Optional.ofNullable(read.getNumber()),
                Optional.ofNullable(read.getTruth()),
                Optional.ofNullable(read.getTexts()));
    }
}
