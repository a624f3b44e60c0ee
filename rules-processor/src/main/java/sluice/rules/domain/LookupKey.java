package sluice.rules.domain;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import sluice.schemas.LookupField;
import sluice.schemas.id.NobodyId;

/**
 * What a user can be found by.
 *
 * @param value normalised, so that spellings of the same thing are one; personal data
 */
public record LookupKey(LookupField field, String value) {

    /** The key that a text of this field is; empty if nothing is left of the text. */
    public static Optional<LookupKey> of(LookupField field, String text) {
        var composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        var value =
                switch (field) {
                    case USERNAME -> composed;
                    case EMAIL -> composed.strip().toLowerCase(Locale.ROOT);
                    case PHONE_NUMBER -> dialled(composed.strip());
                    case CREDENTIAL_ID -> text;
                    case UNKNOWN -> "";
                };
        return value.isEmpty() ? Optional.empty() : Optional.of(new LookupKey(field, value));
    }

    /** The digits, and the plus sign before them; not blanks, dots, dashes and brackets between. */
    private static String dialled(String number) {
        var digits = number.replaceAll("[^0-9]", "");
        return number.startsWith("+") && !digits.isEmpty() ? "+" + digits : digits;
    }

    /** Everything that a user can be found by; one who is made up, by nothing. */
    public static Set<LookupKey> allOf(User user) {
        if (NobodyId.is(user.userId())) return Set.of();
        var keys = new LinkedHashSet<LookupKey>();
        var profile = user.profile();
        profile.username().flatMap(text -> of(LookupField.USERNAME, text)).ifPresent(keys::add);
        profile.email().flatMap(text -> of(LookupField.EMAIL, text)).ifPresent(keys::add);
        profile.phoneNumber()
                .flatMap(text -> of(LookupField.PHONE_NUMBER, text))
                .ifPresent(keys::add);
        user.authenticators().stream()
                .flatMap(each -> each.passkey().stream())
                .flatMap(passkey -> of(LookupField.CREDENTIAL_ID, passkey.credentialId()).stream())
                .forEach(keys::add);
        return keys;
    }

    @Override
    public String toString() {
        return "LookupKey[" + field + "]"; // personal data
    }
}
