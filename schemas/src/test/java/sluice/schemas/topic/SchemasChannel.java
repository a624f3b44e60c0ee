package sluice.schemas.topic;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The topic of schemas in the AsyncAPI document: its records are text, since they explain what the others' ids mean. */
final class SchemasChannel {
    private static final String MESSAGE = "Schema";

    private SchemasChannel() {}

    static void addTo(ObjectNode channels, ObjectNode operations, ObjectNode messages) {
        channel(channels.putObject(Topics.SCHEMAS));
        operation(operations.putObject("write-" + Topics.SCHEMAS), "send")
                .put("summary", "Written by every process, before anything else");
        operation(operations.putObject("read-" + Topics.SCHEMAS), "receive").put("summary", "Read by every process");
        message(messages.putObject(MESSAGE));
    }

    private static void channel(ObjectNode channel) {
        var topics = TopicPromises.TOPICS;
        channel.put("address", topics.schemas());
        channel.put(
                "description",
                "Sluice's own. Written and read by every process: what the schema ids mean that its build has. Order:"
                        + " One order. Duplicates: Of records of one key the first counts.");
        channel.putObject("messages").putObject(MESSAGE).put("$ref", "#/components/messages/" + MESSAGE);
        var kafka = channel.putObject("bindings").putObject("kafka");
        kafka.put("topic", topics.schemas()).put("partitions", 1);
        AsyncApi.configuration(kafka.putObject("topicConfiguration"), topics.schemaSettings());
        kafka.put("bindingVersion", AsyncApi.KAFKA_BINDING);
    }

    private static ObjectNode operation(ObjectNode operation, String action) {
        operation.put("action", action);
        operation.putObject("channel").put("$ref", "#/channels/" + Topics.SCHEMAS);
        return operation;
    }

    private static void message(ObjectNode message) {
        message.put("name", MESSAGE);
        message.put("title", MESSAGE);
        message.put("summary", "An Avro schema, as JSON. Not in the wire format.");
        message.put("contentType", "application/json");
        message.putObject("payload").put("type", "object");
        message.putObject("bindings")
                .putObject("kafka")
                .put("bindingVersion", AsyncApi.KAFKA_BINDING)
                .putObject("key")
                .put("type", "string")
                .put("description", "The schema's id, in decimal.");
    }
}
