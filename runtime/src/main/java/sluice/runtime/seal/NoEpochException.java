package sluice.runtime.seal;

/** Nothing may be sealed for users now: the key that it could be erased by is not there yet. */
public final class NoEpochException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoEpochException() {
        super("There is no key for what users tell now");
    }
}
