package sluice.track.token;

/** A token that is not good: expired, or not one of ours as it stands. */
public final class BadTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why a token is not good. */
    public enum Fault {
        EXPIRED("The token has expired."),
        INVALID("The token is invalid.");

        private final String description;

        Fault(String description) {
            this.description = description;
        }
    }

    private final Fault fault;

    BadTokenException(Fault fault) {
        super(fault.description, null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }

    public String description() {
        return fault.description;
    }
}
