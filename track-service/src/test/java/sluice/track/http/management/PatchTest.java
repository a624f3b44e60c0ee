package sluice.track.http.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.CustomDataModel;
import sluice.schemas.CustomDataType;
import sluice.schemas.ValueListItemType;
import sluice.track.http.RefusedException;
import sluice.track.http.json.JsonBody;

/** What a PATCH makes of a resource, and what it refuses. */
class PatchTest {
    private static final Setting.CustomDataPoint POINT = new Setting.CustomDataPoint(
            "amount", CustomDataType.NUMBER, CustomDataModel.ACTION, Optional.of("in cents"), true);
    private static final Setting.CustomDataPoint OTHER = new Setting.CustomDataPoint(
            "colour", CustomDataType.MULTISELECT, CustomDataModel.USER, Optional.of("of the car"), false);
    private static final Setting.ValueList WORDS = new Setting.ValueList(
            "Words", ValueListItemType.STRING, Optional.of(List.of("b", "a")), Optional.empty(), Optional.of(true));

    enum Given {
        NAME,
        DATA_TYPE,
        MODEL_TYPE,
        DESCRIPTION,
        IS_PUBLIC
    }

    @Property
    void aPatchOfAnySubsetKeepsTheRest(@ForAll Set<Given> given) {
        var fields = new ArrayList<String>();
        if (given.contains(Given.NAME)) fields.add("\"name\":\"colour\"");
        if (given.contains(Given.DATA_TYPE)) fields.add("\"dataType\":\"multiselect\"");
        if (given.contains(Given.MODEL_TYPE)) fields.add("\"modelType\":\"user\"");
        if (given.contains(Given.DESCRIPTION)) fields.add("\"description\":\"of the car\"");
        if (given.contains(Given.IS_PUBLIC)) fields.add("\"isPublic\":false");

        var after = CustomDataPointHandler.patched(Optional.of(POINT), patch("{" + String.join(",", fields) + "}"));

        assertThat(after)
                .isEqualTo(new Setting.CustomDataPoint(
                        (given.contains(Given.NAME) ? OTHER : POINT).name(),
                        (given.contains(Given.DATA_TYPE) ? OTHER : POINT).dataType(),
                        (given.contains(Given.MODEL_TYPE) ? OTHER : POINT).modelType(),
                        (given.contains(Given.DESCRIPTION) ? OTHER : POINT).description(),
                        (given.contains(Given.IS_PUBLIC) ? OTHER : POINT).isPublic()));
    }

    @Test
    void givenNull_whenPatched_thenTheFieldIsAsIfItWereNeverSet() {
        var after =
                CustomDataPointHandler.patched(Optional.of(POINT), patch("{\"description\":null,\"isPublic\":null}"));

        assertThat(after.description()).isEmpty();
        assertThat(after.isPublic()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name        | {\"name\":null}",
                "name        | {\"name\":\"\"}",
                "name        | {\"name\":1}",
                "dataType    | {\"dataType\":\"date\"}",
                "dataType    | {\"dataType\":\"TEXT\"}",
                "dataType    | {\"dataType\":\"unknown\"}",
                "dataType    | {\"dataType\":null}",
                "modelType   | {\"modelType\":[]}",
                "description | {\"description\":{}}",
                "isPublic    | {\"isPublic\":\"false\"}",
                "isPublic    | {\"isPublic\":0}",
            })
    void givenWhatADataPointCantHave_whenPatched_thenTheRefusalNamesTheField(String field, String body) {
        assertThatThrownBy(() -> CustomDataPointHandler.patched(Optional.of(POINT), patch(body)))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(field + ": expected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "valueListItems | {\"valueListItems\":[1]}",
                "valueListItems | {\"valueListItems\":\"a\"}",
                "valueListItems | {\"itemType\":\"number\"}",
                "valueListItems | {\"itemType\":\"number\",\"valueListItems\":[\"1\"]}",
                "valueListItems | {\"itemType\":\"number\",\"valueListItems\":[1e999]}",
                "valueListItems | {\"itemType\":\"number\",\"valueListItems\":[9007199254740992]}",
                "valueListItems | {\"itemType\":\"number\",\"valueListItems\":{}}",
                "itemType       | {\"itemType\":null}",
                "isActive       | {\"isActive\":1}",
            })
    void givenWhatAValueListCantHave_whenPatched_thenTheRefusalNamesTheField(String field, String body) {
        assertThatThrownBy(() -> ValueListHandler.patched(Optional.of(WORDS), patch(body)))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(field + ": expected");
    }

    @Test
    void givenMoreItemsThanAListHolds_whenPatched_thenTheyAreRefused() {
        var items = "[" + "1,".repeat(10_000) + "1]";

        assertThatThrownBy(() -> ValueListHandler.patched(
                        Optional.empty(),
                        patch("{\"name\":\"n\",\"itemType\":\"number\",\"valueListItems\":" + items + "}")))
                .hasMessageStartingWith("valueListItems: expected");
    }

    @Test
    void givenANewItemTypeWithItsItems_whenPatched_thenTheyReplaceTheOldAndTheRestStays() {
        var after = ValueListHandler.patched(
                Optional.of(WORDS), patch("{\"itemType\":\"number\",\"valueListItems\":[0,-1.5,3]}"));

        assertThat(after)
                .isEqualTo(new Setting.ValueList(
                        "Words",
                        ValueListItemType.NUMBER,
                        Optional.empty(),
                        Optional.of(List.of(0.0, -1.5, 3.0)),
                        Optional.of(true)));
    }

    @Test
    void givenAnEmptyListOrNull_whenPatched_thenTheOneIsAValueAndTheOtherIsNone() {
        assertThat(ValueListHandler.patched(Optional.of(WORDS), patch("{\"valueListItems\":[]}"))
                        .texts())
                .contains(List.of());
        assertThat(ValueListHandler.patched(Optional.of(WORDS), patch("{\"valueListItems\":null}"))
                        .texts())
                .isEmpty();
    }

    @Test
    void givenNoMessageOverrides_whenPatched_thenTheOldStayAndNullAndAnEmptyObjectClear() {
        var before = Optional.of(new Setting.MessageOverrides(Map.of("en", Map.of("a.b", "c"))));

        assertThat(MessageOverridesHandler.patched(before, patch("{}"))).isEqualTo(before.get());
        assertThat(MessageOverridesHandler.patched(before, patch("{\"messageOverrides\":null}")))
                .isEqualTo(Setting.MessageOverrides.NONE);
        assertThat(MessageOverridesHandler.patched(before, patch("{\"messageOverrides\":{}}")))
                .isEqualTo(Setting.MessageOverrides.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"en\"", "{\"en\":1}", "{\"e n\":{}}", "{\"\":{}}", "{\"en\":{\"<b>\":\"x\"}}"})
    void givenMessageOverridesThatAreNone_whenPatched_thenTheyAreRefused(String overrides) {
        assertThatThrownBy(() -> MessageOverridesHandler.patched(
                        Optional.empty(), patch("{\"messageOverrides\":" + overrides + "}")))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("messageOverrides");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "{}", "\"\\ud800\""})
    void givenATextThatIsNone_whenOverridden_thenTheRefusalNamesTheMessage(String text) {
        assertThatThrownBy(() -> MessageOverridesHandler.patched(
                        Optional.empty(), patch("{\"messageOverrides\":{\"en\":{\"a.b\":" + text + "}}}")))
                .hasMessageStartingWith("messageOverrides.en.a.b: expected");
    }

    private static Patch patch(String body) {
        return new Patch(JsonBody.of(body.getBytes(UTF_8), "application/json"));
    }
}
