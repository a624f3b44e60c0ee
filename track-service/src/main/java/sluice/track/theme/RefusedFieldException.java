package sluice.track.theme;

/** A field of a theme is not what it should be. */
public final class RefusedFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String expectation;

    RefusedFieldException(String path, String expectation) {
        super(path + ": expected " + expectation);
        this.path = path;
        this.expectation = expectation;
    }

    /** Names of the field and of what it is in, with dots between them. */
    public String path() {
        return path;
    }

    public String expectation() {
        return expectation;
    }
}
