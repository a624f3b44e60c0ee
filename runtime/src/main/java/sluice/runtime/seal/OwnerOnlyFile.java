package sluice.runtime.seal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/**
 * A file that only its owner can read, written once.
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

    private void create(String content) throws IOException {
        var folder = Files.createDirectories(path.toAbsolutePath().getParent());
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var draft = Files.createTempFile(folder, "draft-", ".tmp", ownerOnly);
        try {
            Files.writeString(draft, content);
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException e) {
            // another process was first: its content counts
        } finally {
            Files.delete(draft);
        }
    }
}
