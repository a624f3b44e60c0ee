package sluice.track.http.registry;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import sluice.schemas.registry.Subjects;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.SchemaUnavailableException;

/**
 * {@code /schema-registry}: the topics' schemas on the REST paths of Confluent's schema registry, so that a stock
 * deserializer needs nothing but the URL. For everybody: schemas are no secret (docs/adr/0027-registry.md).
 */
public final class RegistryRoutes {
    /** What the clients send and expect. */
    static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private static final String BASE = "/schema-registry";
    private static final String SUBJECT = BASE + "/subjects/{subject}";
    private static final String VERSION = SUBJECT + "/versions/{version}";
    private static final String SCHEMA = BASE + "/schemas/ids/{id}";

    private final SchemaHandler schemas;
    private final SubjectHandler subjects;

    /** Tells what processes of other builds write with. */
    public interface ToldSchemas {
        /** The schema of an id that this build has not; {@link SchemaUnavailableException} if it can't be told now. */
        Optional<Schema> of(int id) throws InterruptedException;
    }

    /** Serves the schemas of an installation's topics, with the ids that its records carry. */
    public RegistryRoutes(Topics topics, ToldSchemas told) {
        var all = Subjects.of(topics);
        this.schemas = new SchemaHandler(all, told);
        this.subjects = new SubjectHandler(all);
    }

    /** Adds the routes. */
    public void addTo(RoutesConfig routes) {
        routes.exception(RegistryRefusedException.class, (refused, context) -> refused.refusal()
                .write(context, Objects.toString(refused.getMessage())));
        routes.get(SCHEMA, schemas::get);
        routes.get(SCHEMA + "/schema", schemas::text);
        routes.get(SCHEMA + "/subjects", schemas::subjects);
        routes.get(SCHEMA + "/versions", schemas::versions);
        routes.get(BASE + "/schemas/types", context -> answer(context, List.of("AVRO")));
        routes.get(BASE + "/subjects", subjects::list);
        routes.post(SUBJECT, subjects::find);
        routes.get(SUBJECT + "/versions", subjects::versions);
        routes.post(SUBJECT + "/versions", subjects::register);
        routes.get(VERSION, subjects::get);
        routes.get(VERSION + "/schema", subjects::text);
        routes.post(BASE + "/compatibility/subjects/{subject}/versions/{version}", subjects::compatibility);
        for (var of : List.of("", "/{subject}")) {
            routes.get(
                    BASE + "/config" + of, context -> answer(context, Map.of("compatibilityLevel", "FULL_TRANSITIVE")));
            routes.get(BASE + "/mode" + of, context -> answer(context, Map.of("mode", "READONLY")));
        }
    }

    /** Answers a call with JSON, of the type that the clients expect. */
    static void answer(Context context, Object body) {
        context.json(body).contentType(CONTENT_TYPE);
    }

    /** Answers a call with a schema as it stands. */
    static void answerText(Context context, String schema) {
        context.result(schema).contentType(CONTENT_TYPE);
    }
}
