package sluice.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/rules.md says what there is, and its examples compile. */
class DocumentationTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "rules.md");
    private static final Pattern OPERATOR_ROW = Pattern.compile("(?m)^\\| (`[^|]+`) \\|.*\\| `(\\{.*})` \\|$");
    private static final Pattern JSON_BLOCK = Pattern.compile("(?s)```json\n(.*?)```");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void givenTheDataPoints_whenTheTableIsRead_thenItIsTheirs() throws IOException {
        assertIsTable(Arrays.stream(DataPoint.values()).map(DataPoint::row));
        assertIsTable(Arrays.stream(CountedDataPoint.Counted.values()).map(CountedDataPoint.Counted::row));
        assertIsTable(Arrays.stream(AggregateDataPoint.Kind.values()).map(AggregateDataPoint.Kind::row));
    }

    private static void assertIsTable(Stream<String> rows) throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains("|\n" + String.join("\n", rows.toList()) + "\n\n");
    }

    @Test
    void givenTheExamplesForAnalysts_whenCompiled_thenEachHasAMeaning() throws Exception {
        var document = Files.readString(DOCUMENT);
        var examples =
                document.substring(document.indexOf("\n## Examples\n"), document.indexOf("\n## What is refused\n"));
        var count = 0;
        for (var block = JSON_BLOCK.matcher(examples); block.find(); count++) Conditions.compiled(block.group(1));

        assertThat(count).isEqualTo(5);
    }

    @Test
    void givenTheOperators_whenTheirTablesAreRead_thenEachIsThereOnceWithAnExampleThatCompiles() throws Exception {
        var documented = new ArrayList<String>();
        var row = OPERATOR_ROW.matcher(Files.readString(DOCUMENT));
        while (row.find()) {
            var name = NAME.matcher(row.group(1));
            while (name.find()) documented.add(name.group(1));
            Conditions.compiled(row.group(2));
        }

        assertThat(documented).containsExactlyInAnyOrderElementsOf(new TreeSet<>(Operators.ALL.keySet()));
    }
}
