package sluice.rule;

/** A condition can't be compiled: where, and why. */
public final class RefusedConditionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final String reason;

    RefusedConditionException(Place place, String reason) {
        super(place + ": " + reason);
        this.pointer = place.toString();
        this.reason = reason;
    }

    /** The place in the condition, an RFC 6901 JSON pointer; empty for the whole of it. */
    public String pointer() {
        return pointer;
    }

    /** Why, a sentence. */
    public String reason() {
        return reason;
    }
}
