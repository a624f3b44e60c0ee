package sluice.track.http.registry;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import sluice.schemas.registry.Subjects;
import sluice.schemas.registry.Subjects.Entry;

/** Schemas by their id. */
final class SchemaHandler {
    private static final String ID = "[0-9]{1,9}";

    private final Subjects subjects;

    SchemaHandler(Subjects subjects) {
        this.subjects = subjects;
    }

    void get(Context context) {
        RegistryRoutes.answer(
                context, Map.of("schema", entries(context).get(0).schema().toString()));
    }

    void text(Context context) {
        RegistryRoutes.answerText(context, entries(context).get(0).schema().toString());
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

    private List<Entry> entries(Context context) {
        var id = context.pathParam("id");
        var entries = id.matches(ID) ? subjects.of(Integer.parseInt(id)) : List.<Entry>of();
        if (entries.isEmpty()) throw RegistryRefusal.SCHEMA_NOT_FOUND.because("Schema " + id + " not found");
        return entries;
    }
}
