package sluice.runtime;

import java.util.Optional;
import sluice.runtime.settings.Settings;
import sluice.runtime.tls.MutualTlsSettings;

/** Settings of how processes reach one another, as far as they hang on each other. */
final class InternalEndpoint {
    private static final int PORT_MAX = 65_535;

    private InternalEndpoint() {}

    /**
     * @param host that the endpoint listens on; empty if it was refused
     * @param url that others reach it by; an empty text if that is by the host; empty if it was refused
     */
    static Optional<MutualTlsSettings> tls(Settings settings, Optional<String> host, Optional<String> url) {
        var told = url.filter(text -> !text.isEmpty());
        var tls = MutualTlsSettings.from(
                settings, told.map(InternalEndpoint::hostOf).or(() -> host));
        var isWanted = settings.isSet(MutualTlsSettings.KEY_STORE);
        told.filter(text -> text.startsWith("https://") != isWanted)
                .ifPresent(text -> settings.refuse(
                        "SLUICE_INTERNAL_URL",
                        "expected %s://host:port, since %s is %s, was '%s'"
                                .formatted(
                                        isWanted ? "https" : "http",
                                        MutualTlsSettings.KEY_STORE,
                                        isWanted ? "set" : "unset",
                                        text)));
        return tls;
    }

    private static String hostOf(String url) {
        return url.replaceFirst("https?://", "").replaceFirst(":\\d+$", "");
    }

    /** Empty if it was refused. */
    static Optional<Optional<Integer>> healthPort(Settings settings) {
        return settings.read(
                "SLUICE_HEALTH_PORT",
                "",
                "a whole number, 1 to 65535",
                "another port for health and metrics, in plain HTTP; unset: none",
                text -> text.isEmpty() ? Optional.<Integer>empty() : Optional.of(Integer.parseInt(text)),
                port -> port.map(number -> number >= 1 && number <= PORT_MAX).orElse(true));
    }
}
