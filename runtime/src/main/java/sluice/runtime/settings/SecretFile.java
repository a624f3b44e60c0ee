package sluice.runtime.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * A file with a secret that an operator gives: its group may read it, as platforms that hand out secrets have it, and
 * nobody else.
 */
public record SecretFile(Path path) {
    private static final Set<PosixFilePermission> TO_EVERYBODY =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    /** Whether every user of the machine may read or write it; false where the file system knows no such thing. */
    public boolean isOpenToEverybody() throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(path).stream().anyMatch(TO_EVERYBODY::contains);
    }

    /** What an operator is told then. */
    public String openToEverybody() {
        return "'%s' is open to every user of this machine: chmod o-rw it".formatted(path);
    }
}
