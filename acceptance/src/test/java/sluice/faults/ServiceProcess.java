package sluice.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process of the installation: it can be killed, stopped for a while, ended and started again. */
final class ServiceProcess {
    private static final Duration READY_PATIENCE = Duration.ofMinutes(2);
    private static final Duration END_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final String name;
    private List<String> command;
    private final Map<String, String> environment;
    private final Path output;
    private Optional<Process> running = Optional.empty();
    private long outputBefore;

    /** @param output file that takes what it prints, over all its lives */
    ServiceProcess(String name, List<String> command, Map<String, String> environment, Path output) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.output = output;
    }

    String name() {
        return name;
    }

    /** Is of another build from the next start on. */
    void isOf(List<String> command) {
        this.command = List.copyOf(command);
    }

    void start() throws IOException {
        start(Map.of());
    }

    /** @param more environment for this one life */
    void start(Map<String, String> more) throws IOException {
        outputBefore = Files.exists(output) ? Files.size(output) : 0;
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().keySet().removeIf(setting -> setting.startsWith("SLUICE_"));
        builder.environment().putAll(environment);
        builder.environment().putAll(more);
        running = Optional.of(builder.start());
    }

    /** Waits until it says that it is ready. */
    void awaitReady() throws IOException, InterruptedException {
        var deadline = System.nanoTime() + READY_PATIENCE.toNanos();
        while (!saysReady()) {
            if (!process().isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(name + " is not ready; see " + output);
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private boolean saysReady() throws IOException {
        if (!Files.exists(output)) return false;
        var bytes = Files.readAllBytes(output);
        var begin = (int) Math.min(outputBefore, bytes.length);
        return new String(bytes, begin, bytes.length - begin, UTF_8)
                .lines()
                .anyMatch(line -> line.startsWith("sluice ready") || line.equals("broker ready"));
    }

    private Process process() {
        return running.orElseThrow();
    }

    /** As {@code kill -9} does. */
    void kill() {
        process().destroyForcibly().onExit().join();
    }

    /** Stops all its threads where they are. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process().pid()))
                .start()
                .waitFor();
    }

    /** Ends it as an operator would. */
    void end() throws InterruptedException {
        process().destroy();
        if (!process().waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) kill();
    }

    /** Waits until it has done what it was started for. */
    void awaitEnd() {
        var status = process().onExit().join().exitValue();
        if (status != 0) throw new IllegalStateException(name + " ended with " + status + "; see " + output);
    }

    /** What it ended with. */
    int status() {
        return process().exitValue();
    }

    boolean isAlive() {
        return running.filter(Process::isAlive).isPresent();
    }
}
