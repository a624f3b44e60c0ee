package sluice.rules.kafka;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import sluice.rules.domain.Event;

/**
 * An event as the log has it.
 *
 * @param configurationVersion version to decide under; empty where the event was written to the log without one
 */
public record Incoming(Event event, OptionalLong configurationVersion) {
    static Incoming of(Event event, @Nullable Long configurationVersion) {
        return new Incoming(
                event, configurationVersion == null ? OptionalLong.empty() : OptionalLong.of(configurationVersion));
    }
}
