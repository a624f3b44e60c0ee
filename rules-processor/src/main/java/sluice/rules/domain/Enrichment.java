package sluice.rules.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import sluice.rules.domain.history.Surroundings;

/**
 * What the ingress found out about where a user came from, when the call came; empty is not known.
 *
 * @param address IP address in canonical form
 * @param country two letters (ISO 3166-1)
 * @param latitude degrees north, -90 to 90; with longitude, or neither
 * @param longitude degrees east, -180 to 180
 * @param timeZone IANA name
 * @param isAnonymous whether the address hides its user
 * @param browser without its version
 * @param operatingSystem without its version
 * @param deviceType family of the device
 * @param isBot whether the user agent is that of a program without a user
 * @param shared who else uses address and device
 */
@RecordBuilder
public record Enrichment(
        Optional<String> address,
        Optional<String> country,
        Optional<Double> latitude,
        Optional<Double> longitude,
        Optional<String> timeZone,
        Optional<Boolean> isAnonymous,
        Optional<String> browser,
        Optional<String> operatingSystem,
        Optional<String> deviceType,
        Optional<Boolean> isBot,
        SharedUse shared)
        implements EnrichmentBuilder.With {
    /** No call tells a longer device id; who writes to the log may. */
    static final int REMEMBERED_LENGTH_MAX = 256;

    /** Nothing was found out. */
    public static final Enrichment NONE = new Enrichment(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            SharedUse.UNKNOWN);

    public Enrichment {
        if (latitude.isPresent() != longitude.isPresent()) {
            throw new IllegalArgumentException("A place has a latitude and a longitude");
        }
        if (!isWithin(latitude, 90) || !isWithin(longitude, 180)) {
            throw new IllegalArgumentException("A place is on the earth");
        }
    }

    private static boolean isWithin(Optional<Double> degrees, int limit) {
        return degrees.isEmpty() || Math.abs(degrees.get()) <= limit;
    }

    /** What of it a user's history is about; what is too long to be remembered is not known. */
    Surroundings surroundings(Optional<String> deviceId) {
        var agent = browser.flatMap(each -> operatingSystem.map(system -> each + " on " + system));
        return new Surroundings(
                remembered(deviceId), remembered(address), remembered(country), latitude, longitude, remembered(agent));
    }

    private static Optional<String> remembered(Optional<String> text) {
        return text.filter(each -> each.length() <= REMEMBERED_LENGTH_MAX);
    }

    @Override
    public String toString() {
        return "Enrichment"; // personal data
    }
}
