package sluice.bench;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import sluice.bench.micro.MicroSuite;

/** What {@code ./sluice bench [name]} runs: a suite, or all of them one after the other. */
public final class Bench {
    private static final Map<String, Supplier<Suite>> SUITES = new TreeMap<>(Map.of("micro", MicroSuite::new));
    private static final int WRONG_USAGE = 2;

    private Bench() {}

    /** @param arguments the folder for results, and the suite's name if it is one */
    public static void main(String[] arguments) throws Exception {
        var names = arguments.length > 1 ? List.of(arguments[1]) : List.copyOf(SUITES.keySet());
        if (!SUITES.keySet().containsAll(names)) {
            System.err.println("There is no benchmark of that name; there are " + String.join(", ", SUITES.keySet()));
            System.exit(WRONG_USAGE);
        }
        for (var name : names) run(name, Path.of(arguments[0]));
    }

    private static void run(String name, Path results) throws Exception {
        var begun = Instant.now();
        var figures = requireNonNull(SUITES.get(name)).get().run(what -> System.err.println(name + ": " + what));
        figures.forEach(System.out::println);
        Files.createDirectories(results);
        write(results.resolve(name + ".json"), begun, figures);
    }

    private static void write(Path file, Instant begun, List<Figure> figures) throws IOException {
        var json = new ObjectMapper();
        var root = json.createObjectNode()
                .put("begun", begun.toString())
                .put("seconds", Duration.between(begun, Instant.now()).toSeconds())
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("java", Runtime.version().toString());
        var list = root.putArray("figures");
        figures.forEach(figure -> list.add(of(figure, json.createObjectNode())));
        json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }

    private static ObjectNode of(Figure figure, ObjectNode node) {
        node.put("name", figure.name()).put("value", figure.value()).put("unit", figure.unit());
        figure.ratio().ifPresent(ratio -> node.put("ratio", ratio));
        return node;
    }
}
