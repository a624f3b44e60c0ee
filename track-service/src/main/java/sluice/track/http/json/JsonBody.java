package sluice.track.http.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.track.http.Refusal;

/** The JSON object that came with a call. Reading a field of the wrong type refuses the call and names the field. */
public final class JsonBody {
    private final ObjectNode fields;

    private JsonBody(ObjectNode fields) {
        this.fields = fields;
    }

    /** Reads the body; none at all counts as an empty object. */
    public static JsonBody of(Context context) {
        return of(bytes(context), context.contentType());
    }

    /** A client may announce more than it sends: the Python SDK does for an attribute that is None. */
    private static byte[] bytes(Context context) {
        try {
            return context.bodyAsBytes();
        } catch (HttpResponseException e) {
            throw e; // too large
        } catch (Exception e) {
            throw Refusal.REQUEST_TIMEOUT.because("The body did not come whole in time.");
        }
    }

    /** Reads a body that came as these bytes. */
    public static JsonBody of(byte[] text, @Nullable String contentType) {
        if (text.length == 0) return new JsonBody(JsonNodeFactory.instance.objectNode());
        requireJson(contentType);
        try {
            var read = Json.MAPPER.readTree(text);
            if (read instanceof ObjectNode object) return new JsonBody(object);
            throw Refusal.INVALID_REQUEST.because("The body must be a JSON object.");
        } catch (JsonProcessingException e) {
            throw Refusal.INVALID_REQUEST.because("The body is not well-formed JSON.");
        } catch (IOException e) {
            throw Refusal.INVALID_REQUEST.because("The body can't be read.");
        }
    }

    private static void requireJson(@Nullable String contentType) {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw Refusal.UNSUPPORTED_MEDIA_TYPE.because("The body must be application/json.");
        }
    }

    /** An object that was read already. */
    public static JsonBody of(ObjectNode object) {
        return new JsonBody(object);
    }

    /** Whether the field is there, be it null. */
    public boolean has(String field) {
        return fields.has(field);
    }

    /**
     * Reads a text.
     *
     * @param lengthMax characters it may have
     * @return empty if the field is absent or null
     */
    public Optional<String> text(String field, int lengthMax) {
        return value(field).map(value -> {
            if (!value.isTextual()) throw refused(field, "a string");
            return checked(field, value.textValue(), lengthMax);
        });
    }

    /** Reads a text that must be there and not be empty. */
    public String requiredText(String field, int lengthMax) {
        return text(field, lengthMax)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> refused(field, "a string, not empty"));
    }

    /** Reads one of an enumeration's names. */
    public <E extends Enum<E>> Optional<E> oneOf(String field, Set<E> names) {
        return text(field, 100).map(text -> names.stream()
                .filter(name -> name.name().equals(text))
                .findFirst()
                .orElseThrow(() -> refused(
                        field,
                        "one of " + names.stream().map(Enum::name).sorted().collect(Collectors.joining(", ")))));
    }

    /** Reads a boolean. */
    public Optional<Boolean> truth(String field) {
        return value(field).map(value -> {
            if (!value.isBoolean()) throw refused(field, "true or false");
            return value.booleanValue();
        });
    }

    /** Reads a list of texts. */
    public Optional<List<String>> texts(String field, int countMax, int lengthMax) {
        return value(field).map(value -> {
            if (!value.isArray() || value.size() > countMax) {
                throw refused(field, "a list of at most " + countMax + " strings");
            }
            var texts = new ArrayList<String>();
            for (var each : value) {
                if (!each.isTextual()) throw refused(field, "a list of strings");
                texts.add(checked(field, each.textValue(), lengthMax));
            }
            return List.copyOf(texts);
        });
    }

    /** Reads a field of any shape. */
    public Optional<JsonNode> value(String field) {
        return Optional.ofNullable(fields.get(field)).filter(value -> !value.isNull());
    }

    /** The whole body, for who checks it as a document. */
    public ObjectNode all() {
        return fields.deepCopy();
    }

    /** Reads a nested object's fields; none where the field is absent or null. */
    public Stream<Map.Entry<String, JsonNode>> entries(String field) {
        return value(field)
                .map(value -> {
                    if (!value.isObject()) throw refused(field, "an object");
                    return value.properties().stream();
                })
                .orElseGet(Stream::empty);
    }

    private static String checked(String field, String text, int lengthMax) {
        if (text.length() > lengthMax) throw refused(field, "at most " + lengthMax + " characters");
        if (!Texts.isWellFormed(text)) throw refused(field, "well-formed Unicode");
        return text;
    }

    /** The refusal of a field that is not what it should be. */
    public static RuntimeException refused(String field, String expectation) {
        return Refusal.INVALID_REQUEST.because(field + ": expected " + expectation + ".");
    }
}
