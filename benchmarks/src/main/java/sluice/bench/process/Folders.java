package sluice.bench.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** What processes leave behind on disk. */
public final class Folders {
    private Folders() {}

    /** Deletes a folder with all in it, if it is there. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    /** Bytes of all files in a folder; files that go meanwhile do not count. */
    public static long bytes(Path folder) throws IOException {
        if (!Files.exists(folder)) return 0;
        try (var files = Files.walk(folder)) {
            return files.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        }
    }
}
