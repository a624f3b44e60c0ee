package sluice.acceptance.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/** Does what Confluent's serializer does, with the settings that it has; that one's jar is not to be had here. */
public final class ForeignSerializer implements Serializer<Object> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TOPICS = ConcurrentHashMap.newKeySet();

    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private Map<String, ?> configuration = Map.of();

    /** What any of them wrote to. */
    public static Set<String> topics() {
        return Set.copyOf(TOPICS);
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        configuration = Map.copyOf(settings);
    }

    @Override
    public byte[] serialize(String topic, Object datum) {
        TOPICS.add(topic);
        var record = (SpecificRecord) datum;
        var out = new ByteArrayOutputStream();
        out.write(0);
        var id = ids.computeIfAbsent(topic, any -> id(topic, record));
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        try {
            var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new SpecificDatumWriter<SpecificRecord>(record.getSchema(), SpecificData.getForSchema(record.getSchema()))
                    .write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new SerializationException(e);
        }
        return out.toByteArray();
    }

    private int id(String topic, SpecificRecord record) {
        try {
            var userInfo = String.valueOf(configuration.get("basic.auth.user.info"));
            var body =
                    JSON.writeValueAsString(Map.of("schema", record.getSchema().toString()));
            var url = configuration.get("schema.registry.url") + "/subjects/" + topic + "-value";
            var request = HttpRequest.newBuilder(URI.create(url))
                    .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8)))
                    .POST(BodyPublishers.ofString(body));
            var response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
            return JSON.readTree(response.body()).path("id").intValue();
        } catch (IOException e) {
            throw new SerializationException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SerializationException(e);
        }
    }
}
