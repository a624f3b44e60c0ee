package sluice.acceptance.testkit;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Clients that show whatever certificate they are given, whether or not the server has said that it takes such. */
public final class TlsClient {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private TlsClient() {}

    /** One that shows none. */
    public static SSLContext showingNothing(Authority... trusted) throws GeneralSecurityException, IOException {
        return context(Optional.empty(), trusted);
    }

    /** One that shows the certificate in a key store of an {@link Authority}. */
    public static SSLContext showing(Path keyStore, Authority... trusted) throws GeneralSecurityException, IOException {
        return context(Optional.of(keyStore), trusted);
    }

    private static SSLContext context(Optional<Path> keyStore, Authority... trusted)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (var authority : trusted) {
            store.setCertificateEntry(String.valueOf(store.size()), authority.certificate());
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        var shown = keyStore.isPresent() ? new KeyManager[] {Insistent.of(keyStore.get())} : new KeyManager[0];
        var context = SSLContext.getInstance("TLS");
        context.init(shown, managers.getTrustManagers(), null);
        return context;
    }

    public static HttpClient http(SSLContext context) {
        return HttpClient.newBuilder()
                .sslContext(context)
                .connectTimeout(PATIENCE)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Shows its certificate whoever the server says it trusts; Java's own would show none then. */
    private static final class Insistent extends X509ExtendedKeyManager {
        private final PrivateKey key;
        private final X509Certificate[] chain;

        private Insistent(PrivateKey key, X509Certificate[] chain) {
            this.key = key;
            this.chain = chain;
        }

        static Insistent of(Path file) throws GeneralSecurityException, IOException {
            var password = Authority.PASSWORD.toCharArray();
            var keyStore = KeyStore.getInstance("PKCS12");
            try (var in = Files.newInputStream(file)) {
                keyStore.load(in, password);
            }
            var alias = keyStore.aliases().nextElement();
            var chain = Arrays.stream(keyStore.getCertificateChain(alias))
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            return new Insistent((PrivateKey) keyStore.getKey(alias, password), chain);
        }

        @Override
        public @Nullable String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
            return List.of(keyTypes).contains("EC") ? "own" : null;
        }

        @Override
        public @Nullable String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return List.of(keyTypes).contains("EC") ? "own" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.clone();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            throw new AssertionError("a client");
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            throw new AssertionError("a client");
        }
    }
}
