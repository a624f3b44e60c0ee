package sluice.schemas.wire;

import java.util.List;
import org.apache.avro.Schema;
import sluice.schemas.wire.ReleasedSchemas.Release;

/** Which number stands for which schema in the wire format's header. Thread-safe; ids never change their meaning. */
public interface SchemaIds {

    /**
     * Finds the id to write with.
     *
     * @param schema a schema that Sluice writes with
     * @return its id
     * @throws UnknownSchemaException if the schema was never released
     */
    int idOf(Schema schema);

    /**
     * Finds the schema to read with.
     *
     * @param id an id read from a record's header
     * @param record full name of the record that it should be, where two numberings may be about
     * @return the schema that the record was written with
     * @throws UnknownSchemaException if nothing is known of the id
     * @throws SchemaUnavailableException if it can't be told now whether something is: the record is not at fault
     */
    Schema schemaOf(int id, String record);

    /** The released schemas that have a number here, oldest first, each with that number. */
    List<Release> releases();
}
