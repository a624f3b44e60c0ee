package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.schemas.LookupField;

class LookupKeyTest {
    @ParameterizedTest
    @CsvSource({
        "EMAIL, Ada@Example.COM, ada@example.com",
        "EMAIL, '  ada@example.com\t', ada@example.com",
        "PHONE_NUMBER, +64 (21) 123-456, +6421123456",
        "PHONE_NUMBER, ' 021 123.456', 021123456",
        "USERNAME, 'e\u0301lodie', '\u00e9lodie'"
    })
    void givenSpellingsOfTheSame_whenNormalised_thenTheyAreOneKey(LookupField field, String one, String other) {
        assertThat(LookupKey.of(field, one)).isPresent().isEqualTo(LookupKey.of(field, other));
    }

    @ParameterizedTest
    @CsvSource({
        "PHONE_NUMBER, +1234567890, 1234567890",
        "PHONE_NUMBER, 1234567890, 123456789",
        "USERNAME, Ada, ada",
        "USERNAME, 'ada ', ada",
        "EMAIL, ada@example.com, ada@example.org"
    })
    void givenWhatIsNotTheSame_whenNormalised_thenTheyAreTwoKeys(LookupField field, String one, String other) {
        assertThat(LookupKey.of(field, one)).isPresent().isNotEqualTo(LookupKey.of(field, other));
    }

    @ParameterizedTest
    @CsvSource({"PHONE_NUMBER, none", "PHONE_NUMBER, +", "EMAIL, '  '", "USERNAME, ''", "UNKNOWN, ada"})
    void givenATextOfWhichNothingIsLeft_whenNormalised_thenItIsNoKey(LookupField field, String text) {
        assertThat(LookupKey.of(field, text)).isEmpty();
    }
}
