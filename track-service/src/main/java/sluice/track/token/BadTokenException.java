package sluice.track.token;

import java.util.Optional;

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
    private final transient Optional<Token> expired;

    public BadTokenException(Fault fault) {
        this(fault, Optional.empty());
    }

    private BadTokenException(Fault fault, Optional<Token> expired) {
        super(fault.description, null, false, false);
        this.fault = fault;
        this.expired = expired;
    }

    static BadTokenException expired(Token token) {
        return new BadTokenException(Fault.EXPIRED, Optional.of(token));
    }

    /** The token that was ours until its time was over: good for showing whose it was, for nothing else. */
    public Optional<Token> expired() {
        return expired;
    }

    public Fault fault() {
        return fault;
    }

    public String description() {
        return fault.description;
    }
}
