package sluice.acceptance.advisory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Planted advisories in OSV's format: the check finds what it should, and nothing else. */
class AdvisoriesTest {
    @TempDir
    private Path folder;

    private static String advisory(String events, String more) {
        return ("{'id':'PLANTED-1','affected':[{'package':{'ecosystem':'Maven','name':'shop:cart'},"
                        + "'ranges':[{'type':'ECOSYSTEM','events':[" + events + "]}]" + more + "}]}")
                .replace('\'', '"');
    }

    private Advisories planted(String json) throws IOException {
        return Advisories.of(Files.writeString(folder.resolve("planted.json"), json));
    }

    @ParameterizedTest
    @CsvSource({
        "1.9, false",
        "2.0-rc1, false",
        "2.0, true",
        "2.0.0, true",
        "2.4.9, true",
        "2.5, false",
        "2.10, false",
        "3.0.0-beta2, false",
        "3.0.0, true",
        "3.1.0, true",
        "3.1.1, false"
    })
    void givenRanges_whenVersionsAreAsked_thenThoseInsideAreAffected(String version, boolean isAffected)
            throws IOException {
        var advisories = planted(
                advisory("{'introduced':'3.0.0'},{'last_affected':'3.1.0'},{'introduced':'2.0'},{'fixed':'2.5'}", ""));

        assertThat(advisories.of("shop:cart", version)).hasSize(isAffected ? 1 : 0);
        assertThat(advisories.of("shop:till", version)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.1-alpha, true", "7.2.3, true", "7.2.4, false"})
    void givenARangeThatNobodyMended_whenVersionsAreAsked_thenItReachesAsFarAsItIsKnownTo(
            String version, boolean isAffected) throws IOException {
        var advisories = planted(advisory(
                "{'introduced':'0'}", ",'database_specific':{'last_known_affected_version_range':'<= 7.2.3'}"));

        assertThat(advisories.of("shop:cart", version)).hasSize(isAffected ? 1 : 0);
    }

    @Test
    void givenARangeWithoutAnEnd_whenAsked_thenEveryVersionIsAffected() throws IOException {
        assertThat(planted(advisory("{'introduced':'0'}", "")).of("shop:cart", "99"))
                .containsExactly("PLANTED-1");
    }

    @Test
    void givenAListOfVersions_whenAsked_thenTheyAreAffectedAndNoOthers() throws IOException {
        var advisories = planted(advisory("", ",'versions':['1.0','1.1']"));

        assertThat(advisories.of("shop:cart", "1.1")).hasSize(1);
        assertThat(advisories.of("shop:cart", "1.2")).isEmpty();
    }

    @Test
    void givenAnAdvisoryThatWasWithdrawnOrIsOfAnotherEcosystem_whenAsked_thenNothingIsAffected() throws IOException {
        var advisory = advisory("{'introduced':'0'}", "");
        var withdrawn = advisory.replaceFirst("\\{", "{\"withdrawn\":\"2026-01-01T00:00:00Z\",");

        assertThat(planted(withdrawn).of("shop:cart", "1")).isEmpty();
        assertThat(planted(advisory.replace("Maven", "npm")).of("shop:cart", "1"))
                .isEmpty();
    }

    /** As exports come: a folder of folders, or a zip file. */
    @Test
    void givenAFolderOrAZipFile_whenRead_thenEachAdvisoryInItIsFound() throws IOException {
        var deep = Files.createDirectories(folder.resolve("2026/01"));
        Files.writeString(deep.resolve("PLANTED-1.json"), advisory("{'introduced':'0'}", ""));
        Files.writeString(deep.resolve("README.md"), "not one");
        var zip = folder.resolve("all.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("PLANTED-1.json"));
            out.write(advisory("{'introduced':'0'}", "").getBytes(UTF_8));
        }

        assertThat(Advisories.of(folder).of("shop:cart", "1")).containsExactly("PLANTED-1");
        assertThat(Advisories.of(zip).of("shop:cart", "1")).containsExactly("PLANTED-1");
    }

    @Test
    void givenAPartThatAdvisoriesNameOtherwise_whenAsked_thenItIsFound() throws IOException {
        var advisories = planted(advisory("{'introduced':'0'}", "").replace("shop:cart", "org.apache.kafka:kafka"));

        assertThat(advisories.of("org.apache.kafka:kafka_2.13", "4.3.1")).hasSize(1);
    }
}
