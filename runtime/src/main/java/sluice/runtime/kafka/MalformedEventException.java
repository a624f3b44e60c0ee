package sluice.runtime.kafka;

/**
 * An event that can't be processed and never could be: it is at fault, not what surrounds it. It goes to the dead
 * letters and the partition goes on.
 */
public final class MalformedEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedEventException(String why) {
        super(why);
    }

    public MalformedEventException(String why, Throwable cause) {
        super(why, cause);
    }
}
