package sluice.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sluice.schemas.registry.SchemaForm;
import sluice.schemas.wire.ReleasedSchemas;

/** What is written of the topics is what they are. */
class TopicsDocumentTest {
    private static final Path DOCS = Path.of("../docs");

    @Test
    void givenTheCatalogue_whenItsPromisesAreRead_thenEveryTopicHasSome() {
        assertThat(TopicPromises.ALL)
                .extracting(promises -> "sluice." + promises.name())
                .containsExactlyInAnyOrderElementsOf(
                        TopicPromises.TOPICS.all().stream().map(Topic::name).toList());
    }

    @Test
    void givenTheTableOfTopics_whenComparedWithTheCatalogue_thenItSaysTheSame() throws IOException {
        var table = Files.readAllLines(DOCS.resolve("topics.md")).stream()
                .dropWhile(line -> !line.startsWith("| topic |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .filter(line -> !line.startsWith("| `dead-letters` |"))
                .toList();

        assertThat(table)
                .containsExactlyElementsOf(Stream.concat(
                                TopicPromises.ALL.stream().map(TopicPromises::row),
                                Stream.of(TopicPromises.SCHEMAS_ROW))
                        .toList());
    }

    @Test
    void givenTheAsyncApiDocument_whenMadeAnew_thenItIsTheSame() throws IOException {
        assertThat(Files.readString(DOCS.resolve("asyncapi.json")))
                .as("the topics or their records changed: ./sluice release-schemas writes docs/asyncapi.json")
                .isEqualTo(AsyncApi.text());
    }

    /** The examples are real records: each can be written, and the schema that the document shows is what it is written with. */
    @Test
    void givenTheExamples_whenWritten_thenEachIsOfItsTopic() {
        var released = ReleasedSchemas.load();
        assertThat(TopicPromises.ALL).allSatisfy(promises -> {
            var schema = promises.example().getSchema();
            assertThat(schema).isEqualTo(promises.topic().value().schema());
            assertThat(SchemaForm.of(schema)).isEqualTo(SchemaForm.of(released.schemaOf(released.idOf(schema))));
        });
    }

    @Test
    void givenTheExampleInTheDocumentation_whenComparedWithTheStory_thenItIsItsLastChapter() throws IOException {
        var text = Files.readString(DOCS.resolve("topics.md"));
        var example = text.substring(text.indexOf("## An example"));
        var json = example.substring(example.indexOf("```json") + "```json".length());

        assertThat(new ObjectMapper()
                        .readTree(json.substring(0, json.indexOf("```")))
                        .toString())
                .isEqualTo(AsyncApi.plain(Examples.CHALLENGE_TRANSITION).toString());
    }
}
