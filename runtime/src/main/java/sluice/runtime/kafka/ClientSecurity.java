package sluice.runtime.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import sluice.runtime.settings.Settings;

/**
 * How Kafka's clients reach the brokers, by Kafka's own names: {@code security.protocol}, {@code sasl.*} and {@code
 * ssl.*}. Passwords are among the values, so they are shown nowhere.
 */
public final class ClientSecurity {
    /** Names the file that these settings are in. */
    public static final String FILE = "SLUICE_KAFKA_CLIENT_FILE";

    /** Plain text and no login: Kafka's own defaults. */
    public static final ClientSecurity NONE = new ClientSecurity(Map.of());

    private final Map<String, String> settings;

    private ClientSecurity(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
    }

    /** Reads the file that the setting names, and tells every fault of it; the caller refuses when it has read all. */
    public static ClientSecurity from(Settings settings) {
        return settings.read(
                        FILE,
                        "",
                        "a path",
                        "file of Kafka's client settings for TLS and login; unset: plain text",
                        text -> text.isEmpty() ? Optional.<Path>empty() : Optional.of(Path.of(text)),
                        file -> true)
                .flatMap(file -> file)
                .map(file -> new ClientSecurity(new ClientFile(file).read(fault -> settings.refuse(FILE, fault))))
                .orElse(NONE);
    }

    /** For every client, by Kafka's names. */
    Map<String, String> settings() {
        return settings;
    }

    /** Whether anything was said. */
    public boolean isSet() {
        return !settings.isEmpty();
    }

    @Override
    public String toString() {
        return "ClientSecurity" + settings.keySet();
    }
}
