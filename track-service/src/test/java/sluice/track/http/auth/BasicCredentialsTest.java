package sluice.track.http.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialsTest {

    /** The browser SDK sends no colon, the Android SDK one, the server SDKs one (contract section 1). */
    @ParameterizedTest
    @CsvSource({"secret, secret", "secret:, secret", "secret:password, secret", "secret::, secret"})
    void givenTheFormsOfTheSdks_whenRead_thenTheNameIsFound(String text, String name) {
        assertThat(BasicCredentials.name("Basic " + encoded(text))).contains(name);
        assertThat(BasicCredentials.name("basic  " + encoded(text))).contains(name);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Basic", "Basic ", "Basic !!!", "Bearer abc", "BasicYWJj", "Basic Og=="})
    void givenNoReadableHeader_whenRead_thenThereIsNoName(String header) {
        assertThat(BasicCredentials.name(header)).isEmpty();
    }

    @Property
    void anyHeaderIsReadWithoutAFault(@ForAll String header) {
        assertThat(BasicCredentials.name("Basic " + header)).isNotNull();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
