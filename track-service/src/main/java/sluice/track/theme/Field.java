package sluice.track.theme;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What may stand in one place of a document. */
interface Field {
    /**
     * The value that the field has after a change.
     *
     * @param path where it stands, for refusals
     * @param before what is there, if anything
     * @param given what it is changed to; never JSON's null, which removes it
     * @throws RefusedFieldException if that may not stand there
     */
    JsonNode patched(String path, @Nullable JsonNode before, JsonNode given);
}
