package sluice.runtime.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S11: secrets at rest are under authenticated encryption, bound to the place where they belong. */
class SealingTest {
    private static final byte[] SECRET = "a secret".getBytes(UTF_8);

    @TempDir
    Path folder;

    @Test
    void givenASealedSecret_whenOpenedInItsPlace_thenItIsTheSame() throws IOException {
        var sealing = Keyset.open(folder);

        assertThat(sealing.open(sealing.seal(SECRET, "secret", "acme", "ann"), "secret", "acme", "ann"))
                .isEqualTo(SECRET);
    }

    @Test
    void s11_givenASealedSecret_whenMovedToAnotherUser_thenItCantBeOpened() throws IOException {
        var sealing = Keyset.open(folder);
        var sealed = sealing.seal(SECRET, "secret", "acme", "ann");

        assertThatThrownBy(() -> sealing.open(sealed, "secret", "acme", "bob")).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void givenPlacesWhosePartsReadAlikeWhenJoined_whenOpened_thenTheyAreNotTheSamePlace() throws IOException {
        var sealing = Keyset.open(folder);
        var sealed = sealing.seal(SECRET, "secret", "acme1", "2");

        assertThatThrownBy(() -> sealing.open(sealed, "secret", "acme", "12")).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void givenAlteredBytes_whenOpened_thenTheyAreRefused() throws IOException {
        var sealing = Keyset.open(folder);
        var sealed = sealing.seal(SECRET, "secret");
        sealed[sealed.length - 1] ^= 1;

        assertThatThrownBy(() -> sealing.open(sealed, "secret")).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void givenASecondStart_whenTheKeysetIsOpened_thenItIsTheSameOne() throws IOException {
        var sealed = Keyset.open(folder).seal(SECRET, "secret");

        assertThat(Keyset.open(folder).open(sealed, "secret")).isEqualTo(SECRET);
    }

    @Test
    void s11_givenTheKeysetFile_whenLookedAt_thenOnlyItsOwnerCanReadIt() throws IOException {
        Keyset.open(folder);

        assertThat(Files.getPosixFilePermissions(folder.resolve("keyset.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
}
