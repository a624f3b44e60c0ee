package sluice.track.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.Sealing;

class SealedTextTest {
    @TempDir
    private Path folder;

    private Sealing sealing;

    @BeforeEach
    void open() throws Exception {
        sealing = Keyset.open(folder);
    }

    @Test
    void givenTexts_whenSealedAndOpened_thenTheyAreTheSameAndDoNotShow() {
        var text = new SealedText(sealing, "link", 3);

        var sealed = text.of("acme", "ада/😀\n", "");

        assertThat(text.open(sealed)).contains(List.of("acme", "ада/😀\n", ""));
        assertThat(sealed).matches("[A-Za-z0-9_-]+").doesNotContain("acme");
    }

    @Test
    void givenASealedText_whenItIsAlteredOrForAnotherPurposeOrNoneAtAll_thenItOpensNothing() {
        var sealed = new SealedText(sealing, "link", 1).of("acme");
        var last = sealed.charAt(sealed.length() - 2);
        var altered = sealed.substring(0, sealed.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + sealed.substring(sealed.length() - 1);

        assertThat(new SealedText(sealing, "link", 1).open(altered)).isEmpty();
        assertThat(new SealedText(sealing, "other", 1).open(sealed)).isEmpty();
        assertThat(new SealedText(sealing, "link", 1).open("")).isEmpty();
        assertThat(new SealedText(sealing, "link", 1).open("not base64!")).isEmpty();
        assertThat(new SealedText(sealing, "link", 1).open("A".repeat(10_000))).isEmpty();
    }
}
