package sluice.runtime.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new key seals, and what the old one sealed stays readable; nobody has to restart for it. */
class KeysetRotationTest {
    private static final byte[] SECRET = "a secret".getBytes(UTF_8);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    /** Tink puts the key's id behind a first byte of 1. */
    private static int sealedBy(byte[] sealed) {
        return ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt();
    }

    @Test
    void givenAnAddedKey_whenItSeals_thenWhoHasItOpensAllAndTheOldKeyStays() throws IOException {
        var before = Keyset.open(folder);
        var old = before.seal(SECRET, "place");
        var oldRepeatable = before.sealRepeatably(SECRET, "place");

        var added = Keyset.add(folder);
        var ready = Keyset.open(folder);
        assertThat(sealedBy(ready.seal(SECRET, "place"))).as("not yet").isEqualTo(sealedBy(old));
        assertThat(Keyset.seal(folder)).isEqualTo(added);
        var after = Keyset.open(folder);

        var fresh = after.seal(SECRET, "place");
        assertThat(sealedBy(fresh)).isEqualTo(added);
        assertThat(sealedBy(after.sealRepeatably(SECRET, "place"))).isEqualTo(added);
        assertThat(after.open(old, "place")).isEqualTo(SECRET);
        assertThat(after.openRepeatable(oldRepeatable, "place")).isEqualTo(SECRET);
        assertThat(ready.open(fresh, "place")).as("who had the key in time").isEqualTo(SECRET);
        assertThatThrownBy(() -> before.open(fresh, "place")).as("who had not").isInstanceOf(SealBrokenException.class);
        assertThat(after.keyIds()).startsWith(added).hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keyset.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void givenAKeyThatDoesNotSealYet_whenAnotherIsAdded_thenItIsRefused() throws IOException {
        Keyset.open(folder);
        assertThatThrownBy(() -> Keyset.seal(folder)).hasMessageContaining("seals already: add one first");
        Keyset.add(folder);

        assertThatThrownBy(() -> Keyset.add(folder)).hasMessageContaining("has a newer key already");
    }

    @Test
    void givenARunningProcess_whenTheFileChanges_thenItUsesWhatIsThereAndLosesNoKey() throws Exception {
        var sealing = Keyset.open(folder);
        var first = Files.readString(folder.resolve("keyset.json"));
        try (var follower = new KeysetFollower(folder, sealing, new SimpleMeterRegistry(), LOOK)) {
            assertThat(follower).isNotNull();
            var added = Keyset.add(folder);
            await(() -> sealing.keyIds().size() == 2);
            assertThat(sealing.keyIds()).endsWith(added);
            Keyset.seal(folder);
            await(() -> sealing.keyIds().get(0) == added);

            var fresh = sealing.seal(SECRET, "place");
            for (var broken : new String[] {"half a file", first}) {
                Files.writeString(folder.resolve("keyset.json"), broken);
                Thread.sleep(LOOK.multipliedBy(5).toMillis());
                assertThat(sealing.open(fresh, "place")).isEqualTo(SECRET);
            }
        }
    }
}
