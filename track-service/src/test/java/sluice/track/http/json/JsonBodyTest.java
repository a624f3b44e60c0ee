package sluice.track.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.track.http.Refusal;
import sluice.track.http.RefusedException;

class JsonBodyTest {
    private static final String JSON = "application/json; charset=utf-8";

    /** E5: broken, ambiguous, deep and endless documents. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "1",
                "\"text\"",
                "{} {}",
                "{\"a\":1,\"a\":2}",
                "{'a':1}",
                "{\"a\":NaN}",
                "\u0000",
                "{\"a\":1111111111111111111111111111111111111111111111111}"
            })
    void givenABodyThatIsNoSoundObject_whenRead_thenItIsRefused(String text) {
        assertRefused(text, Refusal.INVALID_REQUEST);
    }

    @Test
    void givenADocumentOfManyLevels_whenRead_thenItIsRefused() {
        assertRefused("{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}", Refusal.INVALID_REQUEST);
    }

    @Test
    void givenBytesThatAreNoUtf8_whenRead_thenTheyAreRefused() {
        var bytes = new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'};

        assertThatThrownBy(() -> JsonBody.of(bytes, JSON)).isInstanceOf(RefusedException.class);
    }

    @Test
    void givenNoBody_whenRead_thenItIsAnEmptyObjectWhateverTheType() {
        assertThat(JsonBody.of(new byte[0], null).text("a", 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", ""})
    void givenAnotherContentType_whenRead_thenItIsRefused(String type) {
        assertThatThrownBy(() -> JsonBody.of("{}".getBytes(UTF_8), type))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(Refusal.UNSUPPORTED_MEDIA_TYPE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "{}", "[\"a\"]", "\"four\"", "\"\\ud800\""})
    void givenAFieldThatIsNoSuchText_whenRead_thenTheRefusalNamesIt(String value) {
        assertThatThrownBy(() -> body("{\"name\":" + value + "}").text("name", 3))
                .hasMessageStartingWith("name: expected");
    }

    @Test
    void givenNull_whenRead_thenTheFieldIsThereButHasNoValue() {
        var body = body("{\"name\":null}");

        assertThat(body.has("name")).isTrue();
        assertThat(body.text("name", 10)).isEmpty();
        assertThatThrownBy(() -> body.requiredText("name", 10)).isInstanceOf(RefusedException.class);
    }

    @Test
    void givenAList_whenRead_thenItsOrderIsKeptAndItsBoundsHold() {
        assertThat(body("{\"a\":[\"y\",\"x\"]}").texts("a", 2, 1)).contains(List.of("y", "x"));
        assertThatThrownBy(() -> body("{\"a\":[\"y\",\"x\"]}").texts("a", 1, 1)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> body("{\"a\":[1]}").texts("a", 1, 1)).isInstanceOf(RefusedException.class);
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
        var fault = catchThrowable(() -> JsonBody.of(bytes, JSON));

        if (fault != null) assertThat(fault).isInstanceOf(RefusedException.class);
    }

    private static void assertRefused(String text, Refusal refusal) {
        assertThatThrownBy(() -> body(text))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(refusal));
    }

    private static JsonBody body(String text) {
        return JsonBody.of(text.getBytes(UTF_8), JSON);
    }
}
