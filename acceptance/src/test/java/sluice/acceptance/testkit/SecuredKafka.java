package sluice.acceptance.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.deploy.EmbeddedKafka;

/**
 * A broker that lets in who speaks TLS and has a login (SCRAM-SHA-512), to what they are permitted. Its other listener
 * is for the test alone: whoever comes there may do everything.
 */
public final class SecuredKafka implements AutoCloseable {
    private final Path folder;
    private final Path trusted;
    private final int port;
    private final EmbeddedKafka broker;
    private final Admin admin;

    private SecuredKafka(Path folder, Authority authority) throws Exception {
        this.folder = folder;
        this.trusted = authority.pem();
        this.port = freePort();
        var plain = freePort();
        var controller = freePort();
        this.broker = EmbeddedKafka.start(
                folder.resolve("kafka"),
                new EmbeddedKafka.Member(1, List.of(new EmbeddedKafka.Entrance(plain, plain)), Map.of(1, controller)),
                settings(authority.keyStore("broker"), plain, port, controller));
        this.admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + plain));
    }

    /** @param folder for its log and its clients' files */
    public static SecuredKafka start(Path folder, Authority authority) throws Exception {
        return new SecuredKafka(folder, authority);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Map<String, String> settings(Path keyStore, int plain, int secured, int controller) {
        var listeners = "PLAINTEXT://127.0.0.1:%d,SASL_SSL://127.0.0.1:%d".formatted(plain, secured);
        return Map.ofEntries(
                Map.entry("listeners", listeners + ",CONTROLLER://127.0.0.1:" + controller),
                Map.entry("advertised.listeners", listeners),
                Map.entry(
                        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("sasl.enabled.mechanisms", "SCRAM-SHA-512"),
                Map.entry(
                        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
                Map.entry("ssl.keystore.type", "PKCS12"),
                Map.entry("ssl.keystore.location", keyStore.toString()),
                Map.entry("ssl.keystore.password", Authority.PASSWORD),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry("allow.everyone.if.no.acl.found", "false"),
                Map.entry("super.users", "User:ANONYMOUS"));
    }

    /** Where it speaks TLS. */
    public Bootstrap bootstrap() {
        return new Bootstrap("127.0.0.1:" + port);
    }

    /** Gives each a login, whose password is {@link #passwordOf}. */
    public void admit(Collection<String> logins) throws Exception {
        List<UserScramCredentialAlteration> upsertions = logins.stream()
                .<UserScramCredentialAlteration>map(login -> new UserScramCredentialUpsertion(
                        login, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), passwordOf(login)))
                .toList();
        admin.alterUserScramCredentials(upsertions).all().get();
    }

    /** Returns when the broker goes by them: it hears of them some milliseconds after they are on the log. */
    public void permit(Collection<AclBinding> permissions) throws Exception {
        admin.createAcls(permissions).all().get();
        while (!admin.describeAcls(AclBindingFilter.ANY).values().get().containsAll(permissions)) Thread.sleep(20);
    }

    public static String passwordOf(String login) {
        return "hush-hush-" + login;
    }

    /** What a process with this login is told: the file for SLUICE_KAFKA_CLIENT_FILE. */
    public Path clientFile(String login) throws IOException {
        return clientFile(login, passwordOf(login), Map.of("ssl.truststore.location", trusted.toString()));
    }

    /** @param more what is said besides, to trust whom for instance */
    public Path clientFile(String login, String password, Map<String, String> more) throws IOException {
        var settings = new HashMap<>(Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(login, password)));
        if (!more.isEmpty()) settings.put("ssl.truststore.type", "PEM");
        settings.putAll(more);
        var file = Files.createTempFile(folder, login, ".properties");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return Files.write(
                file,
                settings.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList());
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
