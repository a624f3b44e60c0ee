package sluice.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.schemas.wire.ReleasedSchemas.Release;

/** Every schema that is written is released, and every release can be read by every other (FULL_TRANSITIVE). */
class ReleasedSchemasTest {
    private static final Release RELEASED =
            new Release(1, "Thing", 1, thing("{\"name\": \"id\", \"type\": \"string\"}, %s"));

    @Test
    void givenTheSchemasOfTheSource_whenComparedWithTheReleases_thenEachIsTheNewestRelease() {
        var newest = SchemaRelease.newest(ReleasedSchemas.load().releases());

        assertThat(SchemaRelease.WRITTEN).allSatisfy(schema -> assertThat(newest.get(schema.getName()))
                .as("%s changed: release it with ./sluice release-schemas", schema.getName())
                .isNotNull()
                .extracting(Release::schema)
                .isEqualTo(schema));
    }

    @Test
    void givenTheReleases_whenTheirIdsAreRead_thenNoneIsGivenTwice() {
        assertThat(ReleasedSchemas.load().releases()).extracting(Release::id).doesNotHaveDuplicates();
    }

    @TestFactory
    List<DynamicTest> everyReleaseReadsEveryOther() {
        var releases = ReleasedSchemas.load().releases();
        return releases.stream()
                .map(release -> DynamicTest.dynamicTest(
                        release.name() + " " + release.version(),
                        () -> SchemaRelease.refuseIncompatible(release.schema(), releases)))
                .toList();
    }

    /** What is most easily done wrong, each once, to see the guard bite. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a field without a default      | {"name": "id", "type": "string"}, {"name": "more", "type": "string"}, %s
            a field gone without a default | %s
            another type                   | {"name": "id", "type": "long"}, %s
            another name                   | {"name": "identifier", "type": "string"}, %s
            a symbol without a default     | {"name": "id", "type": "string"}, {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}}
            """)
    void givenAChangeThatBreaksAReader_whenReleased_thenItIsRefused(String change, String fields) {
        assertThatThrownBy(() -> SchemaRelease.refuseIncompatible(thing(fields), List.of(RELEASED)))
                .as(change)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("can't read");
    }

    @Test
    void givenANewFieldWithADefault_whenReleased_thenItIsNotRefused() {
        var more =
                "{\"name\": \"id\", \"type\": \"string\"}, {\"name\": \"more\", \"type\": \"long\", \"default\": 0}, %s";

        SchemaRelease.refuseIncompatible(thing(more), List.of(RELEASED));
    }

    /** @param fields with {@code %s} where the one stands that is always the same */
    private static Schema thing(String fields) {
        var kind = "{\"name\": \"kind\", \"type\": {\"type\": \"enum\", \"name\": \"Kind\", \"symbols\": [\"A\"]}}";
        return new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"Thing\", \"fields\": [" + fields.replace("%s", kind) + "]}");
    }
}
