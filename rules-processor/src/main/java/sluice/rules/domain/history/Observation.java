package sluice.rules.domain.history;

import java.time.Instant;
import java.util.Map;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.CustomValue;

/**
 * What is to be remembered of a track event.
 *
 * @param custom custom data points to aggregate: those that the tenant has configured
 */
public record Observation(Instant at, ActionKey action, Surroundings surroundings, Map<String, CustomValue> custom) {
    public Observation {
        custom = Map.copyOf(custom);
    }
}
