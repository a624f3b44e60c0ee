package sluice.runtime.configuration;

import sluice.runtime.configuration.domain.ConfigurationView;

/** Where a processor gets the configuration that an event is to be decided under. */
public interface ConfigurationSource {

    /** The newest configuration that this process has read. */
    ConfigurationView newest();

    /**
     * The configuration at the version that an event names, waiting until this process has read that far.
     *
     * @throws UnknownVersionException if the configuration topic does not have that many records
     */
    ConfigurationView at(long version);
}
