package sluice.runtime.seal;

/** Sealed bytes that can't be opened: altered, moved from another place, or sealed with a key that is gone. */
public class SealBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealBrokenException(String what) {
        super("The seal of a " + what + " is broken");
    }
}
