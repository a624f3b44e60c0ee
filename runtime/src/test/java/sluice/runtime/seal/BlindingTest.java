package sluice.runtime.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlindingTest {
    @TempDir
    Path folder;

    @Test
    void givenASecondStart_whenHashed_thenTheHashIsTheSame() throws IOException {
        var before = Blinding.open(folder).blind("acme", "EMAIL", "ada@example.com");

        assertThat(Blinding.open(folder).blind("acme", "EMAIL", "ada@example.com"))
                .isEqualTo(before)
                .matches("[A-Za-z0-9_-]{22}");
    }

    /** The keyset that seals may be rotated: what users are found by must not be lost with it. */
    @Test
    void givenAnotherKeyset_whenHashed_thenTheHashIsTheSame() throws IOException {
        Keyset.open(folder);
        var before = Blinding.open(folder).blind("acme", "EMAIL", "ada@example.com");
        Files.delete(folder.resolve("keyset.json"));
        Keyset.open(folder);

        assertThat(Blinding.open(folder).blind("acme", "EMAIL", "ada@example.com"))
                .isEqualTo(before);
    }

    /** E1, E11: nobody can tell by the hashes who is whose user as well, nor try out values without the key. */
    @Test
    void givenAnotherPlaceOrKey_whenHashed_thenTheHashIsAnother() throws IOException {
        var blinding = Blinding.open(folder);

        assertThat(blinding.blind("acme", "EMAIL", "ada"))
                .isNotEqualTo(blinding.blind("globex", "EMAIL", "ada"))
                .isNotEqualTo(blinding.blind("acme", "USERNAME", "ada"))
                .isNotEqualTo(blinding.blind("acm", "eEMAIL", "ada"))
                .isNotEqualTo(Blinding.open(folder.resolve("elsewhere")).blind("acme", "EMAIL", "ada"));
    }

    /** E11. */
    @Test
    void givenTheKeyFile_whenLookedAt_thenOnlyItsOwnerCanReadIt() throws IOException {
        Blinding.open(folder);

        assertThat(Files.getPosixFilePermissions(folder.resolve("lookup-keyset.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
}
