package sluice.acceptance.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** A certificate authority of the test's own, which nobody trusts who is not told to. The JDK's keytool does the work. */
public final class Authority {
    /** Of every key store. */
    public static final String PASSWORD = "key-store-password-of-the-tests";

    private static final String CA = "ca";

    private final Path folder;
    private final Path store;

    /** @param folder for its key and what it makes */
    public Authority(Path folder) throws Exception {
        this.folder = folder;
        this.store = Files.createDirectories(folder).resolve("authority.p12");
        keytool(CA, "-dname", "CN=authority " + folder.getFileName(), "-ext", "bc:critical=ca:true");
    }

    private void keytool(String alias, String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", // it lives for a moment
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) throw new IllegalStateException("keytool: " + said);
    }

    /**
     * A key store with a key and its certificate, for 127.0.0.1 and localhost.
     *
     * @param name of the file, without its extension
     * @return a PKCS12 file with {@link #PASSWORD}
     */
    public Path keyStore(String name) throws Exception {
        return keyStore(name, "-ext", "SAN=ip:127.0.0.1,dns:localhost");
    }

    /**
     * A key store with a key and its certificate.
     *
     * @param options that keytool makes it with
     */
    public Path keyStore(String name, String... options) throws Exception {
        keytool(
                name,
                Stream.concat(Stream.of("-dname", "CN=" + name, "-signer", CA), Stream.of(options))
                        .toArray(String[]::new));
        var protection = new PasswordProtection(PASSWORD.toCharArray());
        var entry = (PrivateKeyEntry) opened().getEntry(name, protection);
        var alone = KeyStore.getInstance("PKCS12");
        alone.load(null, null);
        alone.setEntry(name, entry, protection);
        var file = folder.resolve(name + ".p12");
        try (var out = Files.newOutputStream(file)) {
            alone.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private KeyStore opened() throws GeneralSecurityException, IOException {
        var opened = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            opened.load(in, PASSWORD.toCharArray());
        }
        return opened;
    }

    /** The certificate by which one trusts what it has signed. */
    public Certificate certificate() throws GeneralSecurityException, IOException {
        return opened().getCertificate(CA);
    }

    /** The same in a file, as PEM. */
    public Path pem() throws GeneralSecurityException, IOException {
        var base64 = Base64.getMimeEncoder().encodeToString(certificate().getEncoded());
        return Files.writeString(
                folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }
}
