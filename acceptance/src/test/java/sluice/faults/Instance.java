package sluice.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One process of a service, with a data directory of its own, as on a machine of its own.
 *
 * @param service such as rules-processor
 * @param data its data directory
 * @param brokers its own links to each of the brokers
 * @param queries the link by which ingresses ask it; empty for an ingress
 */
record Instance(String service, ServiceProcess process, Path data, List<Link> brokers, Optional<Link> queries) {
    Instance {
        brokers = List.copyOf(brokers);
    }

    /** What it needs to belong to the installation: keys, which an operator copies to each machine. */
    void takeKeysFrom(Instance first) throws IOException {
        Files.createDirectories(data);
        try (var files = Files.list(first.data)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, data.resolve(file.getFileName()));
            }
        }
    }

    /** Deletes all that is not on the log; it must not be running. */
    void loseState() throws IOException {
        var state = data.resolve("state");
        if (!Files.exists(state)) return;
        try (var paths = Files.walk(state)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
