package sluice.runtime.query;

/** No process that may answer for a partition did so in time: the caller may try again. */
public final class OwnerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OwnerUnavailableException(String service, int partition) {
        super("No owner of partition %d of %s answered in time".formatted(partition, service));
    }
}
