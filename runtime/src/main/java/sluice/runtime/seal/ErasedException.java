package sluice.runtime.seal;

/** Sealed bytes of a user whose key is gone: they were deleted. */
public final class ErasedException extends SealBrokenException {
    private static final long serialVersionUID = 1L;

    ErasedException(String what) {
        super(what);
    }
}
