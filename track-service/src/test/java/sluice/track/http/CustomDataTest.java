package sluice.track.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.schemas.CustomValue;
import sluice.track.http.json.JsonBody;

class CustomDataTest {
    @Test
    void givenAValueOfEachType_whenReadAndAnswered_thenItIsTheSame() {
        var read =
                read("{'text':'a','number':7,'part':0.5,'truth':false,'tags':['gift','rush'],'none':[],'unset':null}");

        assertThat(read.get("tags")).isEqualTo(new CustomValue(null, null, null, List.of("gift", "rush")));
        assertThat(CustomData.answer(read))
                .isEqualTo(Map.of(
                        "text",
                        "a",
                        "number",
                        7L,
                        "part",
                        0.5,
                        "truth",
                        false,
                        "tags",
                        List.of("gift", "rush"),
                        "none",
                        List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"['gift',1]", "[null]", "[['gift']]", "{'a':'b'}"})
    void givenWhatIsNoValue_whenRead_thenItIsRefusedByItsName(String value) {
        assertThatThrownBy(() -> read("{'tags':" + value + "}")).hasMessageStartingWith("custom.tags: expected ");
    }

    @Test
    void givenAListBeyondItsBounds_whenRead_thenItIsRefused() {
        var many = "'x',".repeat(100) + "'x'";
        var most = "'x',".repeat(99) + "'x'";
        assertThat(CustomData.answer(read("{'tags':[" + most + "]}")))
                .isEqualTo(Map.of("tags", Collections.nCopies(100, "x")));
        assertThatThrownBy(() -> read("{'tags':[" + many + "]}"))
                .hasMessage("custom.tags: expected a list of at most 100 strings of at most 256 characters.");
        assertThatThrownBy(() -> read("{'tags':['" + "x".repeat(257) + "']}"))
                .hasMessageStartingWith("custom.tags: expected a list of at most 100 strings");
    }

    private static Map<String, CustomValue> read(String custom) {
        var body = ("{'custom':" + custom + "}").replace('\'', '"');
        return CustomData.of(JsonBody.of(body.getBytes(UTF_8), "application/json"));
    }
}
