package sluice.runtime.configuration;

/** An event names a version of the configuration that the topic does not have. */
public final class UnknownVersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownVersionException(long version, long newest) {
        super("No version " + version + " of the configuration: the newest is " + newest);
    }
}
