package sluice.schemas.wire;

import org.apache.kafka.common.errors.SerializationException;

/** A schema that was never released, or an id that no released schema has. */
public final class UnknownSchemaException extends SerializationException {
    private static final long serialVersionUID = 1L;

    /** @param message which schema or id it was */
    public UnknownSchemaException(String message) {
        super(message);
    }
}
