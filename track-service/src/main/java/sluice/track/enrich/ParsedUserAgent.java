package sluice.track.enrich;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ua_parser.Client;

/**
 * What a user agent says of itself, as the contract's section 5 shows it. {@code Other} where it does not tell.
 *
 * @param ua as it came
 */
public record ParsedUserAgent(String ua, Browser browser, OperatingSystem os, Device device) {
    private static final String OTHER = "Other";

    public record Browser(
            String name, @Nullable String version, @Nullable String major) {}

    public record OperatingSystem(String name, @Nullable String version) {}

    public record Device(String model) {}

    static ParsedUserAgent of(String userAgent, Client client) {
        var browser = client.userAgent;
        var os = client.os;
        return new ParsedUserAgent(
                userAgent,
                new Browser(browser.family, version(browser.major, browser.minor), browser.major),
                new OperatingSystem(os.family, version(os.major, os.minor)),
                new Device(client.device.family));
    }

    private static @Nullable String version(@Nullable String major, @Nullable String minor) {
        return minor == null ? major : major + "." + minor;
    }

    /** For people: {@code Firefox on Windows}; empty where neither is told. */
    public Optional<String> summary() {
        if (browser.name().equals(OTHER)) return Optional.of(os.name()).filter(name -> !name.equals(OTHER));
        return Optional.of(os.name().equals(OTHER) ? browser.name() : browser.name() + " on " + os.name());
    }
}
