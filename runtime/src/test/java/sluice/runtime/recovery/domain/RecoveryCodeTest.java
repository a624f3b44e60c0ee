package sluice.runtime.recovery.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S20. */
class RecoveryCodeTest {
    private static final String SALT = "000102030405060708090a0b0c0d0e0f";
    private static final String TEXT = "000G40-R40M30-E20918-5GR38E";

    @Test
    void givenBytes_whenWritten_thenTheyAreFourGroupsOfCrockfordsBase32() {
        assertThat(code("000000000000000000000000000000").grouped()).isEqualTo("000000-000000-000000-000000");
        assertThat(code("ffffffffffffffffffffffffffffff").grouped()).isEqualTo("ZZZZZZ-ZZZZZZ-ZZZZZZ-ZZZZZZ");
        assertThat(code("000102030405060708090a0b0c0d0e").grouped()).isEqualTo(TEXT);
    }

    @Property
    void givenAnyCode_whenTypedInAnyCaseAndGrouping_thenItIsTheSameCode(@ForAll @Size(15) byte[] bytes) {
        var code = RecoveryCode.of(bytes);
        var grouped = code.grouped();

        assertThat(grouped).matches("([0-9A-HJKMNP-TV-Z]{6}-){3}[0-9A-HJKMNP-TV-Z]{6}");
        for (var typed : List.of(
                grouped,
                grouped.replace("-", ""),
                grouped.replace('-', ' '),
                " " + grouped + " ",
                grouped.toLowerCase(Locale.ROOT),
                grouped.replace('0', 'o').replace('1', 'l'),
                grouped.replace('0', 'O').replace('1', 'I'))) {
            assertThat(RecoveryCode.read(typed).orElseThrow().hash(SALT)).isEqualTo(code.hash(SALT));
        }
    }

    @Property
    void givenTwoCodesOrTwoSalts_whenHashed_thenTheHashesDiffer(
            @ForAll @Size(15) byte[] one, @ForAll @Size(15) byte[] other) {
        var code = RecoveryCode.of(one);

        assertThat(code.hash(SALT).equals(RecoveryCode.of(other).hash(SALT))).isEqualTo(Arrays.equals(one, other));
        assertThat(code.hash(SALT))
                .isNotEqualTo(code.hash("ff" + SALT.substring(2)))
                .hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "------",
                "000000-000000-000000-00000",
                "000000-000000-000000-0000000",
                "000000-000000-000000-00000U",
                "000000-000000-000000-00000\u0131", // its upper case is an ASCII I
                "000000-000000-000000-00000\uff10", // a full-width digit
                "000000_000000_000000_000000",
                "000000\t000000\n000000\r000000"
            })
    void givenWhatCanBeNoCode_whenRead_thenItIsNone(String typed) {
        assertThat(RecoveryCode.read(typed)).isEmpty();
    }

    @Test
    void givenACode_whenLogged_thenItIsNotShown() {
        assertThat(RecoveryCode.read(TEXT).orElseThrow().toString()).doesNotContain("R40M30");
    }

    @ParameterizedTest
    @CsvSource({"0001, 1", "'', 0", "000102030405060708090a0b0c0d0e0f, 11"})
    void givenABadSaltOrTooManyCodes_whenMade_thenTheSetIsRefused(String salt, int codes) {
        var hashes = IntStream.range(0, codes).mapToObj("%064x"::formatted).toList();

        assertThatThrownBy(() -> new RecoverySet(salt, hashes)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "not hexadecimal"})
    void givenABadHash_whenMade_thenTheSetIsRefused(String hash) {
        assertThatThrownBy(() -> new RecoverySet(SALT, List.of(hash))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenACodeTwice_whenMade_thenTheSetIsRefused() {
        var hash = "ab".repeat(32);

        assertThatThrownBy(() -> new RecoverySet(SALT, List.of(hash, hash)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RecoveryCode code(String hex) {
        return RecoveryCode.of(HexFormat.of().parseHex(hex));
    }
}
