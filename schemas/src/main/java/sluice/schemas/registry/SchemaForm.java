package sluice.schemas.registry;

import org.apache.avro.Schema;

/** A schema reduced to what it says of the bytes and of the values' meaning. */
public final class SchemaForm {
    /** Says of a text that Java should read it into a String. */
    private static final String JAVA_STRING = ",\"avro.java.string\":\"String\"";

    private SchemaForm() {}

    /** The schema without what Java alone asks for; equal schemas may still differ in their documentation. */
    public static Schema of(Schema schema) {
        return new Schema.Parser().parse(schema.toString().replace(JAVA_STRING, ""));
    }
}
