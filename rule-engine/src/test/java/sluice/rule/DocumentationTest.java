package sluice.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/rules.md says what there is, and its examples compile. */
class DocumentationTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "rules.md");
    private static final Pattern OPERATOR_ROW = Pattern.compile("(?m)^\\| (`[^|]+`) \\|.*\\| `(\\{.*})` \\|$");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void givenTheDataPoints_whenTheTableIsRead_thenItIsTheirs() throws IOException {
        var rows = Arrays.stream(DataPoint.values()).map(DataPoint::row).toList();

        assertThat(Files.readString(DOCUMENT)).contains(String.join("\n", rows) + "\n\n");
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
