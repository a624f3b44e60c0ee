package sluice.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/**
 * A build of Sluice, to run processes of.
 *
 * @param folder {@code deploy/target}: with {@code classes} or their jar, {@code lib}, and an archive of classes or none
 */
record Build(Path folder) {
    private static final Path HERE = Path.of("deploy", "target");

    /** Behind the jars, so that an archive of classes fits: it holds what brokers are started by. */
    private static final Path OURS = Path.of("acceptance", "target", "test-classes");

    /** The one of this checkout, which the process was started in. */
    static Build current() {
        return new Build(HERE);
    }

    /** The command that runs a class of it, or one of the fault run's own. */
    List<String> command(String main, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=192m",
                "-XX:+ExitOnOutOfMemoryError"));
        var archive = folder.resolve("classes.jsa");
        if (Files.exists(archive)) {
            command.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
        }
        command.addAll(List.of("-cp", classPath(), main));
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /** Whether processes of this one can work side by side with those of a newer one, and read what they write. */
    boolean reads(Build newer) throws IOException {
        return looksSchemasUp() || schemas().equals(newer.schemas());
    }

    /** ADR 31; builds from before it know their own schemas alone. */
    private boolean looksSchemasUp() throws IOException {
        try (var jar = jar("sluice-runtime")) {
            return jar.getEntry("sluice/runtime/registry/LoggedSchemas.class") != null;
        }
    }

    private String schemas() throws IOException {
        try (var jar = jar("sluice-schemas");
                var index = jar.getInputStream(jar.getEntry("sluice/schemas/released/index"))) {
            return new String(index.readAllBytes(), UTF_8);
        }
    }

    private ZipFile jar(String name) throws IOException {
        try (var files = Files.list(folder.resolve("lib"))) {
            return new ZipFile(
                    files.filter(file -> file.getFileName().toString().startsWith(name))
                            .findFirst()
                            .orElseThrow()
                            .toFile());
        }
    }

    private String classPath() throws IOException {
        try (var files = Files.list(folder.resolve("lib"))) {
            var parts = files.sorted().collect(Collectors.toCollection(ArrayList::new));
            var jar = folder.resolve("sluice-deploy.jar");
            parts.add(Files.exists(jar) ? jar : folder.resolve("classes"));
            parts.add(OURS);
            return parts.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }
}
