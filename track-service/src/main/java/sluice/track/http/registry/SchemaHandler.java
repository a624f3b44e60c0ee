package sluice.track.http.registry;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import sluice.schemas.registry.Subjects;
import sluice.schemas.registry.Subjects.Entry;
import sluice.schemas.wire.SchemaUnavailableException;
import sluice.track.http.registry.RegistryRoutes.ToldSchemas;

/** Schemas by their id. */
final class SchemaHandler {
    private static final String ID = "[0-9]{1,9}";

    private final Subjects subjects;
    private final ToldSchemas told;

    SchemaHandler(Subjects subjects, ToldSchemas told) {
        this.subjects = subjects;
        this.told = told;
    }

    void get(Context context) throws InterruptedException {
        RegistryRoutes.answer(context, Map.of("schema", schema(context).toString()));
    }

    void text(Context context) throws InterruptedException {
        RegistryRoutes.answerText(context, schema(context).toString());
    }

    void subjects(Context context) {
        RegistryRoutes.answer(
                context, entries(context).stream().map(Entry::subject).toList());
    }

    void versions(Context context) {
        RegistryRoutes.answer(
                context,
                entries(context).stream()
                        .map(entry -> Map.of("subject", entry.subject(), "version", entry.version()))
                        .toList());
    }

    /** While an installation is upgraded, records that a newer process wrote come to readers that ask an older ingress. */
    private Schema schema(Context context) throws InterruptedException {
        var id = context.pathParam("id");
        var entries = found(id);
        if (!entries.isEmpty()) return entries.get(0).schema();
        try {
            var schema = id.matches(ID) ? told.of(Integer.parseInt(id)) : Optional.<Schema>empty();
            return schema.filter(each -> subjects.names().contains(each.getFullName()))
                    .orElseThrow(() -> notFound(id));
        } catch (SchemaUnavailableException e) {
            throw RegistryRefusal.UNAVAILABLE.because("Kafka does not tell of schema " + id + " now");
        }
    }

    private List<Entry> entries(Context context) {
        var id = context.pathParam("id");
        var entries = found(id);
        if (entries.isEmpty()) throw notFound(id);
        return entries;
    }

    private List<Entry> found(String id) {
        return id.matches(ID) ? subjects.of(Integer.parseInt(id)) : List.of();
    }

    private static RegistryRefusedException notFound(String id) {
        return RegistryRefusal.SCHEMA_NOT_FOUND.because("Schema " + id + " not found");
    }
}
