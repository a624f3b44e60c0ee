package sluice.runtime.seal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/**
 * A file that only its owner can read.
 *
 * @param path where it is, or will be
 */
public record OwnerOnlyFile(Path path) {

    /**
     * Reads the file; writes it first where it is missing. Of several processes that do so at once one writes, and all
     * read what it wrote.
     */
    public String readOrCreate(Supplier<String> content) throws IOException {
        if (Files.notExists(path)) create(content.get());
        return Files.readString(path);
    }

    /** Writes another content: who reads meanwhile gets the one or the other, whole. */
    public void replace(String content) throws IOException {
        var draft = draft(content);
        try {
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void create(String content) throws IOException {
        var draft = draft(content);
        try {
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException e) {
            // another process was first: its content counts
        } finally {
            Files.delete(draft);
        }
    }

    private Path draft(String content) throws IOException {
        var folder = Files.createDirectories(path.toAbsolutePath().getParent());
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return Files.writeString(Files.createTempFile(folder, "draft-", ".tmp", ownerOnly), content);
    }
}
