package sluice.bench.report;

import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the results into the documentation: tables into its page, and a plot for each unit of each suite. */
public final class Report {
    private static final String PAGE = "performance.md";
    private static final String PLOTS = "performance";

    private Report() {}

    /**
     * Writes.
     *
     * @param results folder of what the suites gave
     * @param docs folder of the documentation
     * @throws IOException if a file can't be read or written
     */
    public static void write(Path results, Path docs) throws IOException {
        var sections = new TreeMap<String, String>();
        try (var files = Files.newDirectoryStream(results, "*.json")) {
            for (var file : files) {
                var suite = Results.read(file);
                sections.put(suite.suite(), section(suite, Files.createDirectories(docs.resolve(PLOTS))));
            }
        }
        var page = docs.resolve(PAGE);
        Files.writeString(page, Page.with(Files.readString(page), sections));
    }

    private static String section(Results suite, Path plots) throws IOException {
        var text = new StringBuilder("\n" + Table.of(suite) + "\n");
        Map<String, List<Results.Row>> byUnit = suite.rows().stream()
                .collect(groupingBy(Results.Row::unit, LinkedHashMap::new, java.util.stream.Collectors.toList()));
        for (var unit : byUnit.entrySet()) {
            var file = suite.suite() + "-" + unit.getKey().replaceAll("[^a-zA-Z0-9]+", "-") + ".svg";
            var title = suite.suite() + ", " + unit.getKey();
            Files.writeString(plots.resolve(file), Chart.of(title, unit.getValue()));
            text.append("![%s](%s/%s)%n%n".formatted(title, PLOTS, file));
        }
        return text.toString();
    }
}
