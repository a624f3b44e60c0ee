package sluice.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.runtime.seal.Blinding;
import sluice.schemas.SignalKind;

class SignalKeysTest {
    @TempDir
    private Path folder;

    private SignalKeys keys;

    @BeforeEach
    void start() throws IOException {
        keys = new SignalKeys(Blinding.open(folder));
    }

    private String address(String address) {
        return keys.of("acme", SignalKind.ADDRESS, address);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8::1, 2001:db8::ffff:1, true",
        "2001:db8:0:1::1, 2001:db8::1, false",
        "2001:db8::1, 192.0.2.1, false",
        "not:an:address, not:another, false"
    })
    void givenTwoAddresses_whenNamed_thenThoseOfOneLineAreOne(String one, String other, boolean isSame) {
        assertThat(address(one).equals(address(other))).isEqualTo(isSame);
    }

    @Test
    void givenAnAddress_whenNamed_thenTheNameTellsItsTenantAndKindAndNotTheAddress() {
        assertThat(address("192.0.2.1")).matches("acme/ADDRESS/[\\w-]{22}");
        assertThat(keys.of("acme", SignalKind.DEVICE, "192.0.2.1")).matches("acme/DEVICE/[\\w-]{22}");
    }

    @Test
    void e8_givenAnEmailAddress_whenItIsWrittenOtherwise_thenItIsTheSame() {
        assertThat(keys.of("acme", SignalKind.EMAIL, "Ada@Shop.example"))
                .isEqualTo(keys.of("acme", SignalKind.EMAIL, "ada@shop.example"))
                .matches("acme/EMAIL/[\\w-]{22}");
    }

    /** E1: the parts behind the tenant's name differ too, lest one tenant's name tell another's. */
    @Test
    void givenTwoTenants_whenTheirUsersShareAnAddress_thenItHasTwoHashes() {
        var theirs = keys.of("globex", SignalKind.ADDRESS, "192.0.2.1");

        assertThat(theirs.substring("globex".length()))
                .isNotEqualTo(address("192.0.2.1").substring("acme".length()));
    }

    @Test
    void givenAUserOfTwoSignals_whenToldApart_thenNothingTellsThatItIsTheSame() {
        var one = address("192.0.2.1");
        var other = address("192.0.2.2");

        assertThat(keys.user(one, "ada")).isEqualTo(keys.user(one, "ada"));
        assertThat(keys.user(one, "ada")).isNotEqualTo(keys.user(one, "eve"));
        assertThat(keys.user(one, "ada")).isNotEqualTo(keys.user(other, "ada"));
    }

    @Test
    void givenAnotherKey_whenAskedForItsCheck_thenItIsAnother(@TempDir Path elsewhere) throws IOException {
        assertThat(keys.keyCheck()).isEqualTo(new SignalKeys(Blinding.open(folder)).keyCheck());
        assertThat(keys.keyCheck()).isNotEqualTo(new SignalKeys(Blinding.open(elsewhere)).keyCheck());
    }
}
