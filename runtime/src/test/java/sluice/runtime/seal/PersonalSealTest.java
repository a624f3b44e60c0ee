package sluice.runtime.seal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.runtime.seal.domain.Epoch;
import sluice.runtime.seal.domain.PersonalKeys;

/** E11: what is sealed for a user is unreadable when the key it was sealed with is gone. */
class PersonalSealTest {
    private static final byte[] TOLD = "ada@example.com".getBytes(UTF_8);
    private static final String[] PLACE = {"track", "acme", "ada", "event-1"};
    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Epoch FIRST = new Epoch(DAY, DAY.plusSeconds(60));
    private static final Epoch SECOND = new Epoch(DAY.plusSeconds(60), DAY.plusSeconds(120));

    @TempDir
    private Path folder;

    private final Map<Epoch, byte[]> epochs = new HashMap<>(Map.of(FIRST, filled(1), SECOND, filled(2)));
    private Sealing sealing;

    private final PersonalKeys keys = new PersonalKeys() {
        @Override
        public Optional<Epoch> at(String tenantId, String userId, Instant at) {
            return epochs.keySet().stream().filter(each -> each.covers(at)).findFirst();
        }

        @Override
        public Optional<byte[]> key(String tenantId, String userId, int epoch) {
            return epochs.entrySet().stream()
                    .filter(each -> each.getKey().id() == epoch)
                    .map(each -> PersonalSeal.derived(each.getValue(), tenantId, userId))
                    .findFirst();
        }
    };

    private static byte[] filled(int with) {
        var key = new byte[PersonalSeal.KEY_BYTES];
        Arrays.fill(key, (byte) with);
        return key;
    }

    @BeforeEach
    void follow() throws IOException {
        sealing = Keyset.open(folder);
        sealing.use(keys);
    }

    @Test
    void givenWhatAUserTold_whenSealed_thenItOpensInItsPlaceAlone() {
        var sealed = sealing.sealFor(DAY, TOLD, PLACE);

        assertThat(sealing.open(sealed, PLACE)).isEqualTo(TOLD);
        assertThat(sealed).hasSize(TOLD.length + 33).hasSameSizeAs(sealing.seal(TOLD, PLACE));
        assertThat(new String(sealed, ISO_8859_1)).doesNotContain("ada");
        assertThatThrownBy(() -> sealing.open(sealed, "track", "acme", "bob", "event-1"))
                .isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() -> sealing.open(sealed, "track", "acme", "ada", "event-2"))
                .isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() -> sealing.open(sealed, "track")).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void givenTheKeyOfItsEpochIsGone_whenOpened_thenItIsErased_andOfOtherEpochsNothingIs() {
        var first = sealing.sealFor(DAY, TOLD, PLACE);
        var explained = sealing.sealRepeatablyFor(DAY, TOLD, PLACE);
        var second = sealing.sealFor(DAY.plusSeconds(60), TOLD, PLACE);

        epochs.remove(FIRST);

        assertThatThrownBy(() -> sealing.open(first, PLACE)).isInstanceOf(ErasedException.class);
        assertThatThrownBy(() -> sealing.openRepeatable(explained, PLACE)).isInstanceOf(ErasedException.class);
        assertThat(sealing.open(second, PLACE)).isEqualTo(TOLD);
        assertThatThrownBy(() -> sealing.sealFor(DAY, TOLD, PLACE)).isInstanceOf(NoEpochException.class);
    }

    /** P3. */
    @Test
    void givenTheSameInOnePlace_whenSealedRepeatably_thenItIsTheSame_andOpensEitherWay() {
        var sealed = sealing.sealRepeatablyFor(DAY, TOLD, PLACE);

        assertThat(sealing.sealRepeatablyFor(DAY.plusSeconds(59), TOLD, PLACE)).isEqualTo(sealed);
        assertThat(sealing.sealRepeatablyFor(DAY.plusSeconds(60), TOLD, PLACE)).isNotEqualTo(sealed);
        assertThat(sealing.openRepeatable(sealed, PLACE)).isEqualTo(TOLD);
        assertThat(sealing.open(sealed, PLACE)).isEqualTo(TOLD);
    }

    /** An event that a platform gave a time of its own. */
    @Test
    void givenATimeOfNoEpoch_whenSealedRepeatably_thenTheKeysetSeals() {
        var never = DAY.minusSeconds(1);

        assertThat(sealing.sealRepeatablyFor(never, TOLD, PLACE)).isEqualTo(sealing.sealRepeatably(TOLD, PLACE));
    }

    /** The log of a release that knew of no epochs stays readable. */
    @Test
    void givenWhatTheKeysetSealed_whenThereAreKeysOfUsers_thenItOpensStill() throws IOException {
        var former = Keyset.open(folder);

        assertThat(sealing.open(former.seal(TOLD, PLACE), PLACE)).isEqualTo(TOLD);
        assertThat(sealing.openRepeatable(former.sealRepeatably(TOLD, PLACE), PLACE))
                .isEqualTo(TOLD);
        assertThat(former.open(former.sealFor(DAY, TOLD, PLACE), PLACE)).isEqualTo(TOLD);
    }

    @Test
    void givenAlteredBytes_whenOpened_thenTheyAreRefused() {
        var sealed = sealing.sealFor(DAY, TOLD, PLACE);
        for (var i = 5; i < sealed.length; i++) {
            var altered = sealed.clone();
            altered[i] ^= 1;
            assertThatThrownBy(() -> sealing.open(altered, PLACE)).isInstanceOf(SealBrokenException.class);
        }
        assertThatThrownBy(() -> sealing.open(new byte[] {2, 0, 0, 0, 0, 1}, PLACE))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    void givenKeysOfTwoUsers_whenDerived_thenOneTellsNothingOfTheOther() {
        var epoch = filled(7);

        assertThat(PersonalSeal.derived(epoch, "acme", "ada"))
                .hasSize(PersonalSeal.KEY_BYTES)
                .isEqualTo(PersonalSeal.derived(epoch, "acme", "ada"))
                .isNotEqualTo(PersonalSeal.derived(epoch, "acme", "bob"))
                .isNotEqualTo(PersonalSeal.derived(epoch, "acmea", "da"))
                .isNotEqualTo(PersonalSeal.derived(filled(8), "acme", "ada"));
    }

    /** RFC 5869, test case 1: its PRK, info and output. */
    @Test
    void givenTheRfcsPseudorandomKey_whenExpanded_thenItIsTheRfcsOutput() {
        var hex = HexFormat.of();
        var key = hex.parseHex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
        var output = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865";

        assertThat(hex.formatHex(PersonalSeal.expanded(key, hex.parseHex("f0f1f2f3f4f5f6f7f8f9"), 42)))
                .isEqualTo(output);
    }
}
