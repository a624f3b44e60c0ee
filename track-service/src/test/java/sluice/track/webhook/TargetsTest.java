package sluice.track.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
    private static final URI HTTP = URI.create("http://shop.example/events");
    private static final URI HTTPS = URI.create("https://shop.example/events");

    @ParameterizedTest
    @ValueSource(
            strings = {"https://shop.example", "HTTP://127.0.0.1:9000/a?b=c", "https://[::1]/", "http://localhost"})
    void givenAnHttpUrl_whenRead_thenItCanBeAWebhooks(String text) {
        assertThat(Targets.isUrl(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop.example",
                "//shop.example",
                "ftp://shop.example",
                "file:///etc/passwd",
                "https:shop.example",
                "https://",
                "https://user:password@shop.example",
                "https://shop.example#part",
                "https://shop.example/a b",
                "https://shop.example/\r\nX: y"
            })
    void givenAnythingElse_whenRead_thenItCanNot(String text) {
        assertThat(Targets.isUrl(text)).isFalse();
    }

    /** Addresses of RFC 6890: a webhook must not become a way into the operator's network. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "0.1.2.3",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "fe80::1",
                "fd00::1",
                "fec0::1",
                "ff02::1",
                "::",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::"
            })
    void givenAPrivateAddress_whenNotEveryAddressIsAllowed_thenNothingGoesThere(String address) throws Exception {
        assertThat(Targets.PUBLIC.allow(HTTPS, one(address))).isFalse();
        assertThat(Targets.LOOPBACK.allow(HTTPS, one(address))).isFalse();
        assertThat(Targets.LOOPBACK.allow(HTTP, one(address))).isFalse();
        assertThat(Targets.ANY.allow(HTTP, one(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"93.184.215.14", "2606:2800:21f::1"})
    void givenAPublicAddress_whenNotEveryAddressIsAllowed_thenHttpsGoesThereAndHttpNot(String address)
            throws Exception {
        for (var targets : List.of(Targets.PUBLIC, Targets.LOOPBACK)) {
            assertThat(targets.allow(HTTPS, one(address))).isTrue();
            assertThat(targets.allow(HTTP, one(address))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.0.1", "::1"})
    void givenLoopback_whenItIsAllowed_thenHttpGoesThereToo(String address) throws Exception {
        assertThat(Targets.LOOPBACK.allow(HTTP, one(address))).isTrue();
        assertThat(Targets.LOOPBACK.allow(HTTPS, one(address))).isTrue();
        assertThat(Targets.PUBLIC.allow(HTTPS, one(address))).isFalse();
    }

    @Test
    void givenANameOfSeveralAddresses_whenOneIsPrivate_thenNothingGoesThere() throws Exception {
        var addresses = List.of(InetAddress.getByName("93.184.215.14"), InetAddress.getByName("10.0.0.1"));

        assertThat(Targets.LOOPBACK.allow(HTTPS, addresses)).isFalse();
        assertThat(Targets.ANY.allow(HTTPS, List.of())).isFalse();
    }

    private static List<InetAddress> one(String address) throws UnknownHostException {
        return List.of(InetAddress.getByName(address));
    }

    /** E8: a name that stands for another address a moment later leads nowhere else. */
    @ParameterizedTest
    @CsvSource({
        "LOOPBACK, http://shop.example:81/a%20b?c=d%26, 127.0.0.1,   http://127.0.0.1:81/a%20b?c=d%26",
        "LOOPBACK, http://shop.example,                 ::1,         http://[0:0:0:0:0:0:0:1]",
        "LOOPBACK, https://shop.example/a,              93.184.216.34, https://shop.example/a",
        "ANY,      http://shop.example/a,               10.0.0.1,    http://shop.example/a",
        "LOOPBACK, http://shop.example/a,               10.0.0.1,",
    })
    void givenAUrlAndWhatItStandsFor_whenItIsAllowed_thenInTheClearItGoesToThatVeryAddress(
            Targets targets, URI url, String address, URI expected) throws UnknownHostException {
        assertThat(targets.allowed(url, one(address))).isEqualTo(Optional.ofNullable(expected));
    }
}
