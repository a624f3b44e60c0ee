package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.testkit.Authority;
import sluice.runtime.NodeSettings;
import sluice.runtime.settings.RefusedSettingsException;
import sluice.runtime.settings.Settings;

/** What keeps a process from starting that could neither ask the others nor be asked. */
class InternalTlsSettingsTest {
    private static final String KEY_STORE = "SLUICE_INTERNAL_TLS_KEY_STORE";
    private static final String PASSWORD_FILE = "SLUICE_INTERNAL_TLS_PASSWORD_FILE";
    private static final String TRUST_STORE = "SLUICE_INTERNAL_TLS_TRUST_STORE";
    private static final String FOR_THIS_HOST = "SAN=ip:127.0.0.1";

    @TempDir
    private static Path folder;

    private static Authority authority;
    private static Map<String, String> right;

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority = new Authority(folder.resolve("authority"));
        right = Map.of(
                KEY_STORE, keyStore("process", "-ext", FOR_THIS_HOST),
                PASSWORD_FILE, secret("password", Authority.PASSWORD),
                TRUST_STORE, authority.pem().toString());
    }

    private static String keyStore(String name, String... options) throws Exception {
        return ownersOnly(authority.keyStore(name, options)).toString();
    }

    private static String secret(String name, String text) throws IOException {
        return ownersOnly(Files.writeString(folder.resolve(name), text)).toString();
    }

    private static Path ownersOnly(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static NodeSettings read(Map<String, String> base, String... changes) {
        var environment = new HashMap<>(base);
        for (var each = 0; each < changes.length; each += 2) environment.put(changes[each], changes[each + 1]);
        return NodeSettings.from(new Settings(environment));
    }

    private static void assertRefused(String message, String... changes) {
        assertThatThrownBy(() -> read(right, changes))
                .isInstanceOf(RefusedSettingsException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining(Authority.PASSWORD);
    }

    @Test
    void givenAllOfIt_whenRead_thenTheInternalPortSpeaksTlsAndSoDoesItsUrl() {
        var url = "https://127.0.0.1:7000";

        assertThat(read(right, "SLUICE_INTERNAL_URL", url).internalTls()).isPresent();
        assertThat(read(right).internalTls()).isPresent();
        assertThat(read(Map.of()).internalTls()).isEmpty();
    }

    @Test
    void givenHalfOfIt_whenRead_thenWhatIsMissingIsNamed() {
        assertThatThrownBy(() -> read(Map.of(TRUST_STORE, right.getOrDefault(TRUST_STORE, ""))))
                .hasMessageContaining(KEY_STORE + ": expected, since SLUICE_INTERNAL_TLS_TRUST_STORE is set")
                .hasMessageContaining(PASSWORD_FILE + ": expected, since SLUICE_INTERNAL_TLS_TRUST_STORE is set");
        assertRefused(TRUST_STORE + ": expected, since SLUICE_INTERNAL_TLS_KEY_STORE is set", TRUST_STORE, "");
        assertRefused(PASSWORD_FILE + ": expected, since SLUICE_INTERNAL_TLS_KEY_STORE is set", PASSWORD_FILE, "");
    }

    @Test
    void givenAUrlOfTheOtherKind_whenRead_thenItIsRefused() {
        assertRefused(
                "SLUICE_INTERNAL_URL: expected https://host:port, since SLUICE_INTERNAL_TLS_KEY_STORE is set, was 'http://127.0.0.1:7000'",
                "SLUICE_INTERNAL_URL",
                "http://127.0.0.1:7000");
        assertThatThrownBy(() -> read(Map.of(), "SLUICE_INTERNAL_URL", "https://127.0.0.1:7000"))
                .hasMessage(
                        "SLUICE_INTERNAL_URL: expected http://host:port, since SLUICE_INTERNAL_TLS_KEY_STORE is unset, was 'https://127.0.0.1:7000'");
    }

    @Test
    void givenFilesThatAreNone_whenRead_thenTheFileIsNamed() throws Exception {
        assertRefused(KEY_STORE + ": there is no file '/nowhere/a.p12'", KEY_STORE, "/nowhere/a.p12");
        assertRefused("does not open it", PASSWORD_FILE, secret("wrong", "another"));
        assertRefused("there is no file '/nowhere/ca.pem'", TRUST_STORE, "/nowhere/ca.pem");
        assertRefused("ca.txt' has no certificate in it", TRUST_STORE, secret("ca.txt", ""));
        assertRefused("junk.pem' is no file of certificates in PEM", TRUST_STORE, secret("junk.pem", "junk"));
        var open = Files.setPosixFilePermissions(
                authority.keyStore("open", "-ext", FOR_THIS_HOST), PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused("is open to every user of this machine", KEY_STORE, open.toString());
    }

    /** What others would refuse is told to who has made the mistake, when it is made. */
    @Test
    void givenACertificateThatOthersWouldRefuse_whenRead_thenTheReasonIsTold() throws Exception {
        assertRefused(
                "unable to find valid certification path",
                TRUST_STORE,
                new Authority(folder.resolve("stranger")).pem().toString());
        assertRefused(
                "NotAfter",
                KEY_STORE,
                keyStore("expired", "-ext", FOR_THIS_HOST, "-startdate", "-10d", "-validity", "5"));
        assertRefused(
                "would refuse the certificate in '%s' for the host '127.0.0.2': No subject alternative names matching IP address 127.0.0.2"
                        .formatted(right.get(KEY_STORE)),
                "SLUICE_INTERNAL_URL",
                "https://127.0.0.2:7000");
        assertRefused(
                "does not permit use for TLS client authentication",
                KEY_STORE,
                keyStore("server", "-ext", FOR_THIS_HOST, "-ext", "EKU=serverAuth"));
    }
}
