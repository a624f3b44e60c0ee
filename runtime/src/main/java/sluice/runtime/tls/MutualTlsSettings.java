package sluice.runtime.tls;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sluice.runtime.settings.Settings;

/**
 * By what the processes of an installation know each other.
 *
 * @param own key and certificate of this process
 * @param trustStore a PEM file of the certificates of the authorities that sign the processes' own
 * @param host that other processes reach this one by; its certificate has to be for it
 */
public record MutualTlsSettings(TlsSettings own, Path trustStore, String host) {
    /** Names the key store of the process. */
    public static final String KEY_STORE = "SLUICE_INTERNAL_TLS_KEY_STORE";

    /** Names the file with its password. */
    public static final String PASSWORD_FILE = "SLUICE_INTERNAL_TLS_PASSWORD_FILE";

    /** Names the file of trusted authorities. */
    public static final String TRUST_STORE = "SLUICE_INTERNAL_TLS_TRUST_STORE";

    /**
     * Reads these settings, and whether other processes would take the certificate.
     *
     * @param host that other processes reach this one by; empty if it was refused
     * @return empty: the internal port speaks plain HTTP, or something was refused
     */
    public static Optional<MutualTlsSettings> from(Settings settings, Optional<String> host) {
        var told = new LinkedHashMap<String, Optional<Path>>();
        told.put(
                KEY_STORE,
                TlsSettings.path(
                        settings,
                        KEY_STORE,
                        "PKCS12 file of this process's key and certificate for mutual TLS on the internal port; unset: plain HTTP"));
        told.put(PASSWORD_FILE, TlsSettings.path(settings, PASSWORD_FILE, "file with the password of that key store"));
        told.put(
                TRUST_STORE,
                TlsSettings.path(
                        settings, TRUST_STORE, "PEM file of the authorities that sign the processes' certificates"));
        if (told.values().stream().allMatch(Optional::isEmpty)) return Optional.empty();
        told.forEach((name, path) -> {
            if (path.isEmpty()) settings.refuse(name, "expected, since %s is set".formatted(firstOf(told)));
        });
        return host.flatMap(name -> whole(told, name)).filter(tls -> isUsable(tls, settings));
    }

    private static String firstOf(Map<String, Optional<Path>> told) {
        return told.entrySet().stream()
                .filter(each -> each.getValue().isPresent())
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static Optional<MutualTlsSettings> whole(Map<String, Optional<Path>> told, String host) {
        var paths = told.values().stream().flatMap(Optional::stream).toList();
        return paths.size() < told.size()
                ? Optional.empty()
                : Optional.of(new MutualTlsSettings(new TlsSettings(paths.get(0), paths.get(1)), paths.get(2), host));
    }

    private static boolean isUsable(MutualTlsSettings tls, Settings settings) {
        try {
            ProcessIdentity.read(tls, InstantSource.system());
            return true;
        } catch (UnusableKeyStoreException e) {
            settings.refuse(KEY_STORE, String.valueOf(e.getMessage()));
            return false;
        }
    }
}
