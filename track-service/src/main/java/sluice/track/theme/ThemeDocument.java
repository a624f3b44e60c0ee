package sluice.track.theme;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import sluice.runtime.configuration.domain.Setting;

/** Reads a theme from the configuration. */
public final class ThemeDocument {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ThemeDocument() {}

    /** The theme as a tree. */
    public static ObjectNode of(Setting.Theme theme) {
        try {
            return (ObjectNode) JSON.readTree(theme.document());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A theme on the log is no JSON object", e);
        }
    }
}
