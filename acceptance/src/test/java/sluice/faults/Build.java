package sluice.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A build of Sluice, to run processes of.
 *
 * @param classPath as the JVM takes it
 */
record Build(String classPath) {
    /** The one that this process is of. */
    static Build current() {
        return new Build(System.getProperty("java.class.path"));
    }

    /**
     * Another one.
     *
     * @param folder {@code deploy/target} of a build: with {@code classes} and {@code lib}
     */
    static Build in(Path folder) {
        return new Build(folder.resolve("classes") + ":" + folder.resolve("lib").resolve("*"));
    }

    /** The command that runs a class of it. */
    List<String> command(String main, List<String> arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                classPath,
                main));
        command.addAll(arguments);
        return List.copyOf(command);
    }
}
