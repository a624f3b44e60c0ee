package sluice.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Runs Jazzer on one target, or on all in turn, each in a process of its own: {@code ./sluice fuzz}. */
final class Fuzz {
    private static final Path INPUTS = Path.of("fuzz/src/test/resources/sluice/fuzz");
    private static final Path FOUND = Path.of("fuzz/target/found");
    private static final String INSTRUMENTED =
            "sluice.**:com.fasterxml.jackson.core.**:com.nimbusds.**:org.apache.avro.io.**:com.webauthn4j.**:tools.jackson.**";
    private static final int INPUT_BYTES_MAX = 4096;
    private static final int SECONDS_A_MINUTE = 60;

    private Fuzz() {}

    /** Arguments: a target's name or {@code all}, and minutes for each. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var targets = Arrays.stream(Target.values())
                .filter(target -> arguments[0].equals("all") || arguments[0].equals(target.label()))
                .toList();
        if (targets.isEmpty()) {
            System.err.println("sluice fuzz: no such target; there are api, all, "
                    + Arrays.stream(Target.values()).map(Target::label).collect(Collectors.joining(", ")));
            System.exit(2);
        }
        var seconds = (int) Math.ceil(Double.parseDouble(arguments[1]) * SECONDS_A_MINUTE);
        for (var target : targets) {
            var code = run(target, seconds);
            if (code != 0) System.exit(code);
        }
    }

    private static int run(Target target, int seconds) throws IOException, InterruptedException {
        var corpus = Files.createDirectories(FOUND.resolve(target.label()));
        System.err.printf("sluice fuzz: %s for %d s%n", target.label(), seconds);
        return new ProcessBuilder(command(target, seconds, corpus))
                .inheritIO()
                .start()
                .waitFor();
    }

    private static List<String> command(Target target, int seconds, Path corpus) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:-OmitStackTraceInFastThrow",
                "-Dlogback.configurationFile=deploy/src/main/resources/logback.xml",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.className(),
                "--instrumentation_includes=" + INSTRUMENTED,
                "--custom_hook_includes=" + INSTRUMENTED,
                "--reproducer_path=" + FOUND,
                "-artifact_prefix=" + FOUND + "/" + target.label() + "-",
                "-dict=" + INPUTS.resolveSibling("words.dict"),
                "-max_total_time=" + seconds,
                "-max_len=" + INPUT_BYTES_MAX,
                "-timeout=300",
                "-rss_limit_mb=3000",
                "-use_value_profile=1",
                "-print_final_stats=1",
                corpus.toString(),
                INPUTS.resolve(target.label()).toString()));
        return command;
    }
}
