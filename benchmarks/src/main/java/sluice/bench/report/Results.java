package sluice.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import sluice.bench.Figure;

/**
 * What a suite gave.
 *
 * @param suite its name
 * @param begun when, as text
 * @param figures in its order
 */
record Results(String suite, String begun, List<Figure> figures) {
    private static final String BARE = "bare.";

    Results {
        figures = List.copyOf(figures);
    }

    static Results read(Path file) throws IOException {
        var root = new ObjectMapper().readTree(file.toFile());
        var figures = new ArrayList<Figure>();
        root.path("figures").forEach(each -> figures.add(figure(each)));
        var name = String.valueOf(file.getFileName());
        return new Results(
                name.substring(0, name.indexOf('.')), root.path("begun").asText(), figures);
    }

    private static Figure figure(JsonNode read) {
        var ratio = read.has("ratio") ? OptionalDouble.of(read.path("ratio").asDouble()) : OptionalDouble.empty();
        return new Figure(
                read.path("name").asText(),
                read.path("value").asDouble(),
                read.path("unit").asText(),
                ratio);
    }

    /**
     * A figure of Sluice's beside its limit.
     *
     * @param bare empty where there is nothing to compare with
     */
    record Row(String name, double value, Optional<Figure> bare, String unit, OptionalDouble ratio) {}

    /** The figures, each with the bare one of the same name behind it. */
    List<Row> rows() {
        Map<String, Figure> limits = new LinkedHashMap<>();
        for (var each : figures) if (isLimit(each)) limits.put(each.name().replace(BARE, ""), each);
        return figures.stream()
                .filter(each -> !isLimit(each))
                .map(each -> new Row(
                        each.name(),
                        each.value(),
                        Optional.ofNullable(limits.get(each.name())),
                        each.unit(),
                        each.ratio()))
                .toList();
    }

    private static boolean isLimit(Figure figure) {
        return figure.name().contains("." + BARE);
    }
}
