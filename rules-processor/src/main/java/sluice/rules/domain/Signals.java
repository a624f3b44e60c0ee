package sluice.rules.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import java.util.Optional;

/**
 * What a backend tells of the moment of an action, for rules to read, and what that tells; empty is not known.
 *
 * @param ipAddress as text
 * @param locale a BCP 47 tag
 * @param custom data points of the action by name
 * @param enrichment what address and user agent tell
 */
@RecordBuilder
public record Signals(
        Optional<String> ipAddress,
        Optional<String> userAgent,
        Optional<String> deviceId,
        Optional<String> locale,
        Map<String, CustomValue> custom,
        Enrichment enrichment)
        implements SignalsBuilder.With {
    /** Nothing is known. */
    public static final Signals NONE = new Signals(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Enrichment.NONE);

    public Signals {
        custom = Map.copyOf(custom);
    }

    @Override
    public String toString() {
        return "Signals"; // personal data
    }
}
