package sluice.track.mail;

/** A mail was not taken in time, by the server or by the tenant that sends its own; it may have come all the same. */
public final class UnsentMailException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnsentMailException() {
        super("The mail was not sent", null, false, false);
    }
}
