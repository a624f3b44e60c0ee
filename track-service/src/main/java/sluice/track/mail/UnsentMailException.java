package sluice.track.mail;

/** The server did not take a mail in time; it may have come all the same. */
public final class UnsentMailException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsentMailException() {
        super("The mail was not sent", null, false, false);
    }
}
