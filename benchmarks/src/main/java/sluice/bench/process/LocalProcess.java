package sluice.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A Java process on this machine, of this class path, with a bounded heap. */
public final class LocalProcess implements AutoCloseable {
    private static final Duration READY_PATIENCE = Duration.ofMinutes(5);
    private static final Duration END_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final long KIB = 1024;
    private static final Pattern COMPILING = Pattern.compile("java\\.ci\\.totalTime=(\\d+)");

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path output;
    private Optional<Process> running = Optional.empty();

    /**
     * Prepares one.
     *
     * @param options of the Java machine, beside the usual
     *
     * @param name of the process, and of the file that takes what it prints
     * @param heapMib bound of its heap, in MiB
     * @param main the class to run
     * @param environment what it is told, beside what this process is
     * @param folder for its output
     */
    public LocalProcess(
            String name,
            int heapMib,
            List<String> options,
            String main,
            List<String> arguments,
            Map<String, String> environment,
            Path folder) {
        this.name = name;
        this.command = new ArrayList<>(List.of(
                java("java"),
                "-Xms64m",
                "-Xmx" + heapMib + "m",
                "-XX:+UseSerialGC",
                "-XX:PerMethodRecompilationCutoff=10000",
                "-XX:MaxDirectMemorySize=128m",
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        this.environment = Map.copyOf(environment);
        this.output = folder.resolve(name + ".txt");
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    /** Starts it, and waits until it says that it is ready. */
    public LocalProcess start() throws IOException, InterruptedException {
        begin();
        awaitReady();
        return this;
    }

    /** Starts it. */
    public void begin() throws IOException {
        Files.deleteIfExists(output);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(setting -> setting.startsWith("SLUICE_"));
        builder.environment().putAll(environment);
        var process = builder.start();
        // whoever stops a benchmark leaves nothing running
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-" + name));
        running = Optional.of(process);
    }

    /** Waits for a line with the word ready that says so. */
    public void awaitReady() throws IOException, InterruptedException {
        var deadline = System.nanoTime() + READY_PATIENCE.toNanos();
        while (readyLine().isEmpty()) {
            if (!process().isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " is not ready; see " + output);
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private Optional<String> readyLine() throws IOException {
        try (var lines = Files.lines(output, UTF_8)) {
            return lines.filter(line -> line.startsWith("sluice ready") || line.startsWith("sluice kafka ready"))
                    .findFirst();
        }
    }

    private Process process() {
        return running.orElseThrow();
    }

    /** What it has printed since it was started. */
    public String printed() throws IOException {
        return Files.readString(output, UTF_8);
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process().destroyForcibly().onExit().join();
    }

    /** Ends it as an operator would. */
    public void end() throws InterruptedException {
        process().destroy();
        if (!process().waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) kill();
    }

    /** Resident memory, in bytes; 0 where the system does not tell. */
    public long residentBytes() throws IOException {
        var status = Path.of("/proc", String.valueOf(process().pid()), "status");
        if (!Files.exists(status)) return 0;
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                .findFirst()
                .orElse(0);
    }

    /** Processor time since the start, in nanoseconds. */
    public long processorNanos() {
        return process().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    /** Time that its compilers have worked since the start, in nanoseconds; more than one at a time counts as each. */
    public long compilingNanos() throws IOException, InterruptedException {
        var counters = tell("PerfCounter.print");
        var found = COMPILING.matcher(counters);
        if (!found.find()) throw new IllegalStateException(name + " does not tell how long it has compiled");
        return Long.parseLong(found.group(1));
    }

    /** Begins a flight recording. */
    public void record() throws IOException, InterruptedException {
        tell("JFR.start", "name=bench", "settings=profile", "maxsize=64m");
    }

    /** Writes the recording and ends it. */
    public void recorded(Path file) throws IOException, InterruptedException {
        tell("JFR.stop", "name=bench", "filename=" + file.toAbsolutePath());
    }

    private String tell(String... what) throws IOException, InterruptedException {
        var command =
                new ArrayList<>(List.of(java("jcmd"), String.valueOf(process().pid())));
        command.addAll(List.of(what));
        var jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        var printed = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
        if (jcmd.waitFor() != 0) throw new IllegalStateException(name + " does not take " + what[0] + ": " + printed);
        return printed;
    }

    @Override
    public void close() {
        if (running.filter(Process::isAlive).isPresent()) kill();
    }
}
