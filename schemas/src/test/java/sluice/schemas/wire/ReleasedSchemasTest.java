package sluice.schemas.wire;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sluice.schemas.wire.ReleasedSchemas.Release;

/** Every schema that is written is released, and every release can be read by every other (FULL_TRANSITIVE). */
class ReleasedSchemasTest {

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
        return ReleasedSchemas.load().releases().stream().collect(groupingBy(Release::name)).entrySet().stream()
                .map(record -> DynamicTest.dynamicTest(record.getKey(), () -> assertAllReadAll(record.getValue())))
                .toList();
    }

    private static void assertAllReadAll(List<Release> releases) {
        for (var reader : releases) {
            for (var writer : releases) {
                assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader.schema(), writer.schema())
                                .getType())
                        .as("%s version %d reads version %d", reader.name(), reader.version(), writer.version())
                        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            }
        }
    }
}
