package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.advisory.Advisories;

/** What Sluice is shipped with, as its build's CycloneDX document tells: {@code deploy/target/bom.json}. */
class BillOfMaterialsTest {
    private static final Path DEPLOY = Path.of("../deploy/target");

    /** Of a part under several licences one of these is enough. New ones are a decision, not an accident. */
    private static final Set<String> LICENCES = Set.of(
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "EPL-2.0",
            "MIT",
            "Go License"); // re2j's: BSD-3-Clause by its text

    private static JsonNode parts;

    @BeforeAll
    static void read_the_document() throws IOException {
        parts = new ObjectMapper().readTree(DEPLOY.resolve("bom.json").toFile()).get("components");
    }

    @Test
    void given_the_jars_that_are_shipped_when_the_document_is_read_then_it_lists_each() throws IOException {
        var listed = new ArrayList<String>();
        parts.forEach(part -> listed.add(text(part, "name") + "-" + text(part, "version") + ".jar"));

        try (var jars = Files.list(DEPLOY.resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .isNotEmpty()
                    .allMatch(listed::contains);
        }
    }

    @Test
    void given_a_part_when_its_licences_are_read_then_sluice_may_be_shipped_with_one_of_them() {
        assertThat(parts).isNotEmpty().allSatisfy(part -> assertThat(licences(part))
                .as(text(part, "purl"))
                .containsAnyElementsOf(LICENCES));
    }

    @Test
    void given_a_part_from_elsewhere_when_it_is_read_then_it_can_be_told_by_its_hash() {
        assertThat(parts)
                .filteredOn(part -> !text(part, "group").equals("sluice"))
                .isNotEmpty()
                .allSatisfy(part -> assertThat(part.get("hashes"))
                        .as(text(part, "purl"))
                        .anySatisfy(hash -> assertThat(text(hash, "alg")).isEqualTo("SHA-256")));
    }

    /**
     * By the advisories that lie here, which are few and age, and by an export of all that there are, if
     * {@code -Dsluice.advisories=} names one.
     */
    @Test
    void given_the_parts_that_are_shipped_when_advisories_are_asked_then_none_is_known_to_be_vulnerable()
            throws IOException {
        var sources = new ArrayList<>(List.of(Path.of("src/test/resources/advisories.json")));
        var export = System.getProperty("sluice.advisories", "");
        if (!export.isEmpty()) sources.add(Path.of(export));

        for (var source : sources) {
            var advisories = Advisories.of(source);

            assertThat(advisories.count()).as("advisories in %s", source).isPositive();
            assertThat(vulnerable(advisories)).as("%s", source).isEmpty();
        }
    }

    @Test
    void given_an_advisory_of_a_part_that_is_shipped_when_it_is_asked_then_the_part_is_refused(@TempDir Path folder)
            throws IOException {
        var planted = "{'id':'PLANTED-1','affected':[{'package':{'ecosystem':'Maven','name':'io.javalin:javalin'},"
                + "'ranges':[{'type':'ECOSYSTEM','events':[{'introduced':'7.0.0'},{'fixed':'8.0.0'}]}]}]}";
        Files.writeString(folder.resolve("PLANTED-1.json"), planted.replace('\'', '"'));

        assertThat(vulnerable(Advisories.of(folder)))
                .singleElement()
                .asString()
                .startsWith("pkg:maven/io.javalin/javalin@7.")
                .endsWith("[PLANTED-1]");
    }

    private static List<String> vulnerable(Advisories advisories) {
        var vulnerable = new ArrayList<String>();
        for (var part : parts) {
            var ids = advisories.of(text(part, "group") + ":" + text(part, "name"), text(part, "version"));
            if (!ids.isEmpty()) vulnerable.add(text(part, "purl") + ": " + ids);
        }
        return vulnerable;
    }

    private static List<String> licences(JsonNode part) {
        var licences = new ArrayList<String>();
        part.path("licenses").forEach(entry -> {
            var licence = entry.path("license");
            licences.add(licence.path("id").asText(licence.path("name").asText()));
        });
        return licences;
    }

    private static String text(JsonNode part, String field) {
        return part.path(field).asText();
    }
}
