package sluice.runtime.kafka;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import sluice.runtime.seal.OwnerOnlyFile;

/**
 * A place for one process's local state among several processes of a service on one data directory. A process that
 * starts again finds the place, and with it the state, of one that has ended.
 */
public final class Slot implements AutoCloseable {
    private static final int SLOTS_MAX = 64;

    private final Path folder;
    private final FileLock lock;

    private Slot(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the first place that no living process has.
     *
     * @throws IOException if the data directory can't be written, or every place is taken
     */
    public static Slot take(Path dataDirectory, String service) throws IOException {
        for (var number = 0; number < SLOTS_MAX; number++) {
            var folder = Files.createDirectories(dataDirectory.resolve("state").resolve(service + "-" + number));
            var channel =
                    FileChannel.open(folder.resolve("in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = tryLock(channel);
            if (lock != null) return new Slot(folder, lock);
            channel.close();
        }
        throw new IOException("More than " + SLOTS_MAX + " processes of " + service + " on " + dataDirectory);
    }

    @Nullable
    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // taken by this very process, as in a test with two instances
        }
    }

    /** Where the process keeps its state. */
    public Path folder() {
        return folder;
    }

    /**
     * The name that the process has in its consumer group. It is the same after a restart, and so the group gives it
     * its partitions back at once instead of waiting for the one that ended to time out.
     *
     * @throws IOException if the place can't be written
     */
    public String memberId() throws IOException {
        return new OwnerOnlyFile(folder.resolve("member-id"))
                .readOrCreate(() -> UUID.randomUUID().toString());
    }

    @Override
    public void close() throws IOException {
        lock.channel().close();
    }
}
