package sluice.track.tenant;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import sluice.runtime.seal.OwnerOnlyFile;
import sluice.track.TrackSettings;

/**
 * What opens the local tenant's doors: told by the settings, else made at the first start and kept in the data
 * directory, where only its owner can read it.
 */
public record Credentials(String tenantId, String apiSecret, String managementSecret) {
    private static final String FILE = "credentials";
    private static final int SECRET_BYTES = 32;

    /** Takes what the settings say, and for the rest what the data directory has or gets. */
    public static Credentials of(TrackSettings settings, Path dataDirectory) throws IOException {
        var kept = new Properties();
        kept.load(new StringReader(new OwnerOnlyFile(dataDirectory.resolve(FILE)).readOrCreate(Credentials::generate)));
        return new Credentials(
                either(settings.tenantId(), kept, "SLUICE_TENANT_ID"),
                either(settings.apiSecret(), kept, "SLUICE_API_SECRET"),
                either(settings.managementSecret(), kept, "SLUICE_MANAGEMENT_SECRET"));
    }

    /** A new secret, of 256 bits. */
    static String newSecret() {
        return secret(new SecureRandom());
    }

    /**
     * Puts another secret into the data directory's file, where that is what told it.
     *
     * @return whether it was; false: the settings tell it, and are an operator's to change
     */
    public static boolean replace(TrackSettings settings, Path dataDirectory, SecretKind kind, String secret)
            throws IOException {
        var told =
                switch (kind) {
                    case SERVER -> settings.apiSecret();
                    case MANAGEMENT -> settings.managementSecret();
                };
        if (told.isPresent()) return false;
        var file = new OwnerOnlyFile(dataDirectory.resolve(FILE));
        var lines = file.readOrCreate(Credentials::generate)
                .lines()
                .map(line -> line.startsWith(kind.setting() + "=") ? kind.setting() + "=" + secret : line);
        file.replace(lines.collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator())));
        return true;
    }

    /** The secret that opens an API. */
    String secret(SecretKind kind) {
        return switch (kind) {
            case SERVER -> apiSecret;
            case MANAGEMENT -> managementSecret;
        };
    }

    /** Whether the tenant is known without anything being made. */
    public static boolean areThere(TrackSettings settings, Path dataDirectory) {
        return settings.tenantId().isPresent() || Files.exists(dataDirectory.resolve(FILE));
    }

    private static String either(Optional<String> told, Properties kept, String name) {
        return told.orElseGet(() -> kept.getProperty(name, ""));
    }

    private static String generate() {
        var random = new SecureRandom();
        return "SLUICE_TENANT_ID=tenant-%s%nSLUICE_API_SECRET=%s%nSLUICE_MANAGEMENT_SECRET=%s%n"
                .formatted(
                        secret(random).substring(0, 8).replaceAll("[^A-Za-z0-9]", "x"), secret(random), secret(random));
    }

    private static String secret(SecureRandom random) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Credentials(" + tenantId + ")";
    }
}
