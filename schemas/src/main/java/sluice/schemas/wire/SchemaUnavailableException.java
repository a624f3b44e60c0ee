package sluice.schemas.wire;

/** Who would know a schema does not answer. A record that names it may be sound, and must not be skipped. */
public final class SchemaUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message whose answer is missing */
    public SchemaUnavailableException(String message) {
        super(message);
    }
}
