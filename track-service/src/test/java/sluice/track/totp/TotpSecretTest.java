package sluice.track.totp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpSecretTest {

    /** RFC 4648 section 10, without the padding. */
    @ParameterizedTest
    @CsvSource({"f,MY", "fo,MZXQ", "foo,MZXW6", "foob,MZXW6YQ", "fooba,MZXW6YTB", "foobar,MZXW6YTBOI"})
    void givenTheVectorsOfTheRfc_whenWrittenAndRead_thenTheyMatch(String plain, String encoded) {
        assertThat(Base32.encode(plain.getBytes(US_ASCII))).isEqualTo(encoded);
        assertThat(Base32.decode(encoded)).asString(US_ASCII).isEqualTo(plain);
    }

    @Test
    void s10_givenANewSecret_whenShown_thenItHas160Bits() {
        var secret = TotpSecret.generate(new SecureRandom());

        assertThat(secret.bytes()).hasSize(20);
        assertThat(secret.base32()).matches("[A-Z2-7]{32}");
    }

    @Test
    void givenAnIssuerAndAUserWithOddCharacters_whenTheUriIsMade_thenTheyAreEncoded() {
        var secret = TotpSecret.generate(new SecureRandom());

        assertThat(secret.uri("A & B: Co", "ann+1@x.org"))
                .startsWith("otpauth://totp/A%20%26%20B%3A%20Co:ann%2B1%40x.org?secret=" + secret.base32())
                .endsWith("&issuer=A%20%26%20B%3A%20Co&algorithm=SHA1&digits=6&period=30");
    }
}
