package sluice.faults;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Lets a process see another time of day, by libfaketime; its timers go by the true one, as they do where an operator
 * sets a clock. The library makes each look at a clock ten times as slow, so that the process limps as well; its variant
 * for many threads stands still for minutes.
 *
 * @param library that is loaded before all others
 */
record ShiftedClock(Path library) {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final int DEPTH = 3;

    /** Empty: the library is not on this machine. */
    static Optional<ShiftedClock> onThisMachine() throws IOException {
        var name = FileSystems.getDefault().getPathMatcher("glob:**/faketime/libfaketime.so.1");
        try (var files = Files.walk(LIBRARIES, DEPTH)) {
            return files.filter(name::matches).findFirst().map(ShiftedClock::new);
        }
    }

    /** @param by forward, or backward where it is negative */
    Map<String, String> environment(Duration by) {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME",
                "%+ds".formatted(by.toSeconds()),
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "DONT_FAKE_MONOTONIC",
                "1",
                "NO_FAKE_STAT",
                "1");
    }
}
