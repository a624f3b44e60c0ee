package sluice.track.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** S25. The expected values were made with OpenSSL: {@code printf %s "$t.$body" | openssl dgst -sha256 -hmac "$secret"}. */
class SignatureTest {
    private static final Instant AT = Instant.ofEpochSecond(1_740_016_316);
    private static final String BODY = "{\"type\":\"authenticator.created\"}";
    private static final byte[] ONE = "secret-one".getBytes(UTF_8);
    private static final byte[] OTHER = "secret-other".getBytes(UTF_8);

    @Test
    void s25_givenABody_whenSigned_thenTimeAndBodyAreUnderTheSignature() {
        assertThat(Signature.of(BODY, AT, List.of(ONE)))
                .isEqualTo("t=1740016316,v2=V8/Z/kVciQshHeJSMuM4b1amchbemViR+CT7lINgMK0");
    }

    @Test
    void s25_givenTwoActiveSecrets_whenSigned_thenEachHasItsSignature() {
        assertThat(Signature.of(BODY, AT, List.of(ONE, OTHER)))
                .isEqualTo(
                        "t=1740016316,v2=V8/Z/kVciQshHeJSMuM4b1amchbemViR+CT7lINgMK0,v2=nbntyzvNetIFujZm2EgVvnwbK7ztHIzhxwo3bsrDzoA");
    }

    @Test
    void s25_givenALaterAttempt_whenSigned_thenItIsSignedAnew() {
        assertThat(Signature.of(BODY, AT.plusSeconds(1), List.of(ONE)))
                .startsWith("t=1740016317,v2=")
                .doesNotContain("V8/Z/kVciQshHeJSMuM4b1amchbemViR+CT7lINgMK0");
    }

    @Test
    void givenNoSecret_whenToBeSigned_thenItIsRefused() {
        assertThatThrownBy(() -> Signature.of(BODY, AT, List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
