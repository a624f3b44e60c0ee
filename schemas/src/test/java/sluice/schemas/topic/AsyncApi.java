package sluice.schemas.topic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The AsyncAPI 3 document, made from the catalogue, the schemas and what is promised of each topic. {@code
 * ./sluice release-schemas} writes it; a test refuses a build whose document is another.
 */
final class AsyncApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String KAFKA_BINDING = "0.5.0";

    /** What the specification calls Avro; it names no newer one. */
    private static final String AVRO = "application/vnd.apache.avro;version=1.9.0";

    private AsyncApi() {}

    /** @param arguments the file to write */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), text());
    }

    static String text() throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document()) + "\n";
    }

    private static ObjectNode document() {
        var document = JSON.createObjectNode();
        document.put("asyncapi", "3.0.0");
        info(document.putObject("info"));
        document.put("defaultContentType", "avro/binary");
        server(document.putObject("servers").putObject("installation"));
        var channels = document.putObject("channels");
        var operations = document.putObject("operations");
        var components = document.putObject("components");
        var messages = components.putObject("messages");
        components.set("schemas", headers());
        for (var promises : TopicPromises.ALL) {
            channel(channels.putObject(promises.name()), promises);
            operations(operations, promises);
            message(messages.putObject(record(promises)), promises);
        }
        SchemasChannel.addTo(channels, operations, messages);
        return document;
    }

    private static void info(ObjectNode info) {
        info.put("title", "Sluice's topics");
        info.put("version", "0.1.0");
        info.put(
                "description",
                "What Sluice writes to the log and reads from it. Addresses start with what SLUICE_TOPIC_PREFIX says,"
                        + " sluice. by default. Values are in the Confluent wire format: byte 0, the schema's id in four"
                        + " bytes, Avro binary; the ids and schemas are at /schema-registry. docs/topics.md says more.");
    }

    private static void server(ObjectNode server) {
        server.put("host", "127.0.0.1:9092");
        server.put("protocol", "kafka");
        server.put("description", "The embedded broker, or the one that SLUICE_BOOTSTRAP_SERVERS names.");
        server.putObject("bindings")
                .putObject("kafka")
                .put("schemaRegistryUrl", "http://127.0.0.1:8080/schema-registry")
                .put("schemaRegistryVendor", "confluent")
                .put("bindingVersion", KAFKA_BINDING);
    }

    private static void channel(ObjectNode channel, TopicPromises promises) {
        var topic = promises.topic();
        channel.put("address", topic.name());
        channel.put("description", description(promises));
        channel.putObject("messages")
                .putObject(record(promises))
                .put("$ref", "#/components/messages/" + record(promises));
        var kafka = channel.putObject("bindings").putObject("kafka");
        kafka.put("topic", topic.name()).put("partitions", topic.partitions());
        configuration(kafka.putObject("topicConfiguration"), topic.settings());
        kafka.put("bindingVersion", KAFKA_BINDING);
    }

    private static String description(TopicPromises promises) {
        return "%sWritten by %s; read by %s. Order: %s Duplicates: %s"
                .formatted(
                        promises.isPublic() ? "" : "Sluice's own. ",
                        promises.writers().replace("`", ""),
                        promises.readers().replace("`", ""),
                        promises.ordering(),
                        promises.duplicates());
    }

    static void configuration(ObjectNode configuration, Map<String, String> settings) {
        var cleanup = configuration.putArray("cleanup.policy");
        for (var policy : settings.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE)
                .split(",", -1)) {
            cleanup.add(policy);
        }
        var retention = settings.get(TopicConfig.RETENTION_MS_CONFIG);
        if (retention != null) configuration.put(TopicConfig.RETENTION_MS_CONFIG, Long.parseLong(retention));
    }

    /** From where Sluice stands: it sends what it writes, and receives what others may write. */
    private static void operations(ObjectNode operations, TopicPromises promises) {
        operation(operations.putObject("write-" + promises.name()), "send", promises)
                .put("summary", "Written by " + promises.writers().replace("`", ""));
        operation(operations.putObject("read-" + promises.name()), "receive", promises)
                .put("summary", "Read by " + promises.readers().replace("`", ""));
    }

    private static ObjectNode operation(ObjectNode operation, String action, TopicPromises promises) {
        operation.put("action", action);
        operation.putObject("channel").put("$ref", "#/channels/" + promises.name());
        return operation;
    }

    private static void message(ObjectNode message, TopicPromises promises) {
        var schema = promises.topic().value().schema();
        message.put("name", schema.getFullName());
        message.put("title", schema.getName());
        message.put("summary", schema.getDoc());
        message.put("contentType", "avro/binary");
        if (promises.key() == TopicPromises.Key.USER && !promises.name().equals("challenge-transitions")) {
            message.putObject("headers").put("$ref", "#/components/schemas/headers");
        }
        message.putObject("payload").put("schemaFormat", AVRO).set("schema", tree(schema));
        var kafka = message.putObject("bindings").putObject("kafka");
        kafka.putObject("key").put("type", "string").put("description", promises.key().inFull);
        kafka.put("schemaIdLocation", "payload")
                .put("schemaIdPayloadEncoding", "confluent")
                .put("schemaLookupStrategy", "TopicNameStrategy")
                .put("bindingVersion", KAFKA_BINDING);
        message.putArray("examples").addObject().set("payload", plain(promises.example()));
    }

    private static ObjectNode headers() {
        var schemas = JSON.createObjectNode();
        var headers = schemas.putObject("headers").put("type", "object").putObject("properties");
        headers.putObject(Topics.REPLY_PARTITION)
                .put("type", "string")
                .put("description", "Partition of replies that the publisher reads, decimal.");
        headers.putObject(Topics.EVENT_ID)
                .put("type", "string")
                .put(
                        "description",
                        "eventId of the event at hand; not the outcome's causeId where an action is tracked again.");
        return schemas;
    }

    private static String record(TopicPromises promises) {
        return promises.topic().value().schema().getName();
    }

    private static JsonNode tree(Schema schema) {
        try {
            return JSON.readTree(schema.toString().replace(",\"avro.java.string\":\"String\"", ""));
        } catch (JsonProcessingException e) {
            throw new AssertionError("Avro writes JSON", e);
        }
    }

    /** As docs/topics.md shows records: times in milliseconds, bytes as Avro's JSON has them, what is absent left out. */
    static JsonNode plain(Object value) {
        if (value instanceof SpecificRecord record) {
            var fields = JSON.createObjectNode();
            for (var field : record.getSchema().getFields()) {
                var held = record.get(field.pos());
                if (held != null) fields.set(field.name(), plain(held));
            }
            return fields;
        }
        if (value instanceof Collection<?> items) {
            var list = JSON.createArrayNode();
            items.forEach(item -> list.add(plain(item)));
            return list;
        }
        if (value instanceof Instant time) return JSON.getNodeFactory().numberNode(time.toEpochMilli());
        if (value instanceof ByteBuffer bytes) {
            return JSON.getNodeFactory()
                    .textNode(ISO_8859_1.decode(bytes.duplicate()).toString());
        }
        return value instanceof Number || value instanceof Boolean
                ? JSON.valueToTree(value)
                : JSON.getNodeFactory().textNode(value.toString());
    }
}
