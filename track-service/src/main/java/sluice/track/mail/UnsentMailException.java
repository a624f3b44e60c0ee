package sluice.track.mail;

/** A mail was not taken in time, by the server or by the tenant that sends its own; it may have come all the same. */
public final class UnsentMailException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why it was not taken. */
    public enum Reason {
        /** There is no such mailbox. */
        REFUSED,
        /** The server was there, and did not take this mail now. */
        PUT_OFF,
        /** The server was not there, or takes no mails at all. */
        UNREACHED
    }

    public UnsentMailException() {
        this(Reason.UNREACHED);
    }

    UnsentMailException(Reason reason) {
        super("The mail was not sent", null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
