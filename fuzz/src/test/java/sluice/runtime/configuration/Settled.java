package sluice.runtime.configuration;

import sluice.runtime.configuration.domain.ConfigurationHistory;
import sluice.runtime.configuration.domain.ConfigurationView;

/** A configuration to which nothing comes any more. */
public record Settled(ConfigurationHistory history) implements ConfigurationSource {
    @Override
    public ConfigurationView newest() {
        return history.newest();
    }

    @Override
    public ConfigurationView at(long version) {
        var newest = history.newest().version();
        if (version < 0 || version > newest) throw new UnknownVersionException(version, newest);
        return history.at(version);
    }
}
