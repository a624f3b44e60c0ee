package sluice.runtime.seal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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

    /** P3, and S11: repeatable, but in its own place only, and after a restart too. */
    @Test
    void givenTheSameBytes_whenSealedRepeatably_thenTheyAreTheSameInOnePlaceOnly() throws IOException {
        var plain = "what the rules saw".getBytes(UTF_8);
        var sealed = Keyset.open(folder).sealRepeatably(plain, "explanation", "acme", "ada", "1");
        var again = Keyset.open(folder);

        assertThat(again.sealRepeatably(plain, "explanation", "acme", "ada", "1"))
                .isEqualTo(sealed);
        assertThat(again.sealRepeatably(plain, "explanation", "acme", "ada", "2"))
                .isNotEqualTo(sealed);
        assertThat(again.openRepeatable(sealed, "explanation", "acme", "ada", "1"))
                .isEqualTo(plain);
        assertThatThrownBy(() -> again.openRepeatable(sealed, "explanation", "acme", "bob", "1"))
                .isInstanceOf(SealBrokenException.class);
        assertThat(new String(sealed, ISO_8859_1)).doesNotContain("rules");
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
