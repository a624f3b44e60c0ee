package sluice.track.http.registry;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import sluice.schemas.registry.Subjects;
import sluice.schemas.registry.Subjects.Entry;
import sluice.track.http.json.Json;

/** Subjects and their versions. Nothing can be registered; what is there already is found, as if it had been. */
final class SubjectHandler {
    private final Subjects subjects;

    SubjectHandler(Subjects subjects) {
        this.subjects = subjects;
    }

    void list(Context context) {
        var prefix = Objects.requireNonNullElse(context.queryParam("subjectPrefix"), "");
        RegistryRoutes.answer(
                context,
                subjects.names().stream()
                        .filter(name -> name.startsWith(prefix))
                        .toList());
    }

    void versions(Context context) {
        RegistryRoutes.answer(
                context, entries(context).stream().map(Entry::version).toList());
    }

    void get(Context context) {
        RegistryRoutes.answer(context, body(entry(context)));
    }

    void text(Context context) {
        RegistryRoutes.answerText(context, entry(context).schema().toString());
    }

    /** Which version a schema is. */
    void find(Context context) {
        entries(context);
        var found = subjects.find(context.pathParam("subject"), sent(context));
        RegistryRoutes.answer(
                context, body(found.orElseThrow(() -> RegistryRefusal.SCHEMA_NOT_FOUND.because("Schema not found"))));
    }

    /** A serializer that registers what it writes with, as they do unless told otherwise, gets the id that there is. */
    void register(Context context) {
        var subject = context.pathParam("subject");
        var found = subjects.find(subject, sent(context))
                .orElseThrow(() -> RegistryRefusal.READ_ONLY.because("Subject " + subject
                        + " is read-only: these are Sluice's own schemas, and this is none of them"));
        RegistryRoutes.answer(context, Map.of("id", found.id()));
    }

    /** Whether records could be read both ways between a schema and a version. */
    void compatibility(Context context) {
        var there = entry(context).schema();
        var sent = sent(context);
        RegistryRoutes.answer(context, Map.of("is_compatible", reads(sent, there) && reads(there, sent)));
    }

    private static boolean reads(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    private static Map<String, Object> body(Entry entry) {
        return Map.of(
                "subject", entry.subject(),
                "version", entry.version(),
                "id", entry.id(),
                "schema", entry.schema().toString());
    }

    private List<Entry> entries(Context context) {
        var subject = context.pathParam("subject");
        var entries = subjects.versions(subject);
        if (entries.isEmpty()) {
            throw RegistryRefusal.SUBJECT_NOT_FOUND.because("Subject '" + subject + "' not found.");
        }
        return entries;
    }

    private Entry entry(Context context) {
        var entries = entries(context);
        var version = context.pathParam("version");
        if (version.equals("latest") || version.equals("-1")) return entries.get(entries.size() - 1);
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw RegistryRefusal.INVALID_VERSION.because("The specified version '" + version
                    + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
        }
        return entries.stream()
                .filter(entry -> entry.version() == Integer.parseInt(version))
                .findFirst()
                .orElseThrow(() -> RegistryRefusal.VERSION_NOT_FOUND.because("Version " + version + " not found."));
    }

    /** Read as plain JSON first, which bounds how deep it may be. */
    private static Schema sent(Context context) {
        try {
            var body = Json.MAPPER.readTree(context.bodyAsBytes());
            var text = body.path("schema").asText();
            Json.MAPPER.readTree(text);
            if (body.path("schemaType").asText("AVRO").equals("AVRO")) return new Schema.Parser().parse(text);
        } catch (IOException | AvroRuntimeException e) {
            // refused below: the parser's own words would help nobody
        }
        throw RegistryRefusal.INVALID_SCHEMA.because("Expected a JSON object whose schema is an Avro schema, as text");
    }
}
