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
import java.util.function.Function;
import sluice.bench.micro.MicroSuite;
import sluice.bench.report.Report;
import sluice.bench.system.GrowthSuite;
import sluice.bench.system.LatencySuite;
import sluice.bench.system.LogSuite;
import sluice.bench.system.StartSuite;
import sluice.bench.system.ThroughputSuite;

/** What {@code ./sluice bench [name]} runs: a suite, or all of them one after the other. */
public final class Bench {
    private static final Map<String, Function<Options, Suite>> SUITES = new TreeMap<>(Map.of(
            "micro", options -> new MicroSuite(options.rounds()),
            "growth", GrowthSuite::new,
            "latency", LatencySuite::new,
            "log", LogSuite::new,
            "start", StartSuite::new,
            "throughput", ThroughputSuite::new));

    /** What runs where no name is given, within 25 minutes. */
    private static final List<String> USUAL = List.of("latency", "throughput", "log", "micro", "start");

    private static final int WRONG_USAGE = 2;

    private Bench() {}

    /** @param arguments the folder for results, then names and options */
    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("report")) {
            Report.write(Path.of(arguments[0]), Path.of("docs"));
            return;
        }
        var options = read(List.of(arguments).subList(1, arguments.length));
        for (var name : options.names()) run(name, options, Path.of(arguments[0]));
    }

    private static Options read(List<String> arguments) {
        try {
            var options = Options.of(arguments);
            var named = options.names().isEmpty() ? options.named(USUAL) : options;
            if (SUITES.keySet().containsAll(named.names())) return named;
            throw new IllegalArgumentException(
                    "There is no benchmark of that name; there are " + String.join(", ", SUITES.keySet()));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_USAGE);
            throw e;
        }
    }

    private static void run(String name, Options options, Path results) throws Exception {
        var begun = Instant.now();
        var suite = requireNonNull(SUITES.get(name)).apply(options);
        var figures = suite.run(what -> System.err.println(
                name + ", " + Duration.between(begun, Instant.now()).toSeconds() + " s: " + what));
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
