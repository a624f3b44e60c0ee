package sluice.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.runtime.NodeSettings;
import sluice.runtime.settings.RefusedSettingsException;
import sluice.runtime.settings.Settings;

/** E10, S27: what the file of Kafka's client settings may say, and how it is refused. */
class ClientSecurityTest {
    private static final String LOGIN = """
            security.protocol=SASL_SSL
            sasl.mechanism=SCRAM-SHA-512
            sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\
              username="track-service" password="hush-hush";
            ssl.truststore.type=PEM
            ssl.truststore.location=/etc/sluice/ca.pem
            """;

    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        var file = Files.writeString(folder.resolve("kafka.properties"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    private static NodeSettings read(Path file) {
        return NodeSettings.from(new Settings(Map.of(ClientSecurity.FILE, file.toString())));
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(Path file) {
        return assertThatThrownBy(() -> read(file))
                .isInstanceOf(RefusedSettingsException.class)
                .hasMessageStartingWith(ClientSecurity.FILE + ": ")
                .hasMessageContaining("'" + file + "'");
    }

    @Test
    void givenALogin_whenRead_thenEveryKindOfClientHasItAndNothingShowsThePassword() throws IOException {
        var settings = read(file(LOGIN));

        var kafka = new KafkaProperties(settings);
        for (var client : new Map<?, ?>[] {
            kafka.client(),
            kafka.producer(),
            kafka.follower(),
            kafka.reader(),
            kafka.member("group"),
            kafka.streams("application", "member", folder, "dead-letters")
        }) {
            assertThat(client.get("security.protocol")).isEqualTo("SASL_SSL");
            assertThat(client.get("sasl.jaas.config")).asString().contains("hush-hush");
            assertThat(client.get("ssl.truststore.location")).isEqualTo("/etc/sluice/ca.pem");
        }
        assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("hush-hush");
    }

    @Test
    void givenNoFile_whenRead_thenClientsSpeakPlainText() {
        var settings = NodeSettings.from(new Settings(Map.of()));

        assertThat(new KafkaProperties(settings).client()).doesNotContainKey("security.protocol");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"acks", "bootstrap.servers", "group.id", "client.id", "config.providers", "producer.ssl.protocol"
            })
    void givenASettingThatIsSluicesOwn_whenRead_thenItIsRefusedByName(String name) throws IOException {
        assertRefused(file(LOGIN + name + "=1\n"))
                .hasMessageContaining(name + " is not taken: only security.protocol, sasl.* and ssl.* are");
    }

    @Test
    void givenASlipInAName_whenRead_thenItIsRefused() throws IOException {
        assertRefused(file(LOGIN + "ssl.truststor.type=PEM\n"))
                .hasMessageContaining("ssl.truststor.type: Kafka's clients have no such setting");
    }

    @Test
    void givenNoProtocol_whenRead_thenItIsRefusedSinceItWouldBePlainText() throws IOException {
        assertRefused(file("sasl.mechanism=SCRAM-SHA-512\n")).hasMessageContaining("security.protocol is missing");
    }

    @Test
    void givenAProtocolThatThereIsNoneOf_whenRead_thenItIsRefused() throws IOException {
        assertRefused(file("security.protocol=TLS\n")).hasMessageContaining("security.protocol: Invalid value TLS");
    }

    /** The password is not in quotes and has a sign that no word has: Kafka's own message would show a part of it. */
    @Test
    void givenAPasswordWithoutQuotes_whenRead_thenItIsRefusedAndNotShown() throws IOException {
        assertRefused(file("security.protocol=SASL_SSL\nsasl.jaas.config=x.Y required password=hush=hush;\n"))
                .hasMessageContaining("sasl.jaas.config: expected")
                .hasMessageNotContaining("hush");
    }

    @Test
    void givenAFileThatEverybodyMayRead_whenRead_thenItIsRefused() throws IOException {
        var file = Files.setPosixFilePermissions(file(LOGIN), PosixFilePermissions.fromString("rw-r--r--"));

        assertRefused(file).hasMessageContaining("is open to every user of this machine: chmod o-rw it");
    }

    @Test
    void givenNoSuchFileOrAFolder_whenRead_thenItIsRefused() {
        assertRefused(folder.resolve("none")).hasMessageContaining("there is no file");
        assertRefused(folder).hasMessageContaining("can't read");
    }

    @Test
    void givenNoPropertiesFile_whenRead_thenItIsRefused() throws IOException {
        assertRefused(file("security.protocol=\\u00zz\n")).hasMessageContaining("is no properties file");
    }
}
