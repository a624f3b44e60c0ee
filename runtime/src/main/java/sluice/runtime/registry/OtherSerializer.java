package sluice.runtime.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serializer;
import sluice.schemas.registry.SubjectNaming;

/** A serializer of somebody else's that an owner put on the class path: Confluent's, by the names of its settings. */
final class OtherSerializer {
    private static final String STRATEGIES = "io.confluent.kafka.serializers.subject.";

    private OtherSerializer() {}

    /**
     * Makes and configures it.
     *
     * @param name its class's
     * @throws IllegalStateException if there is no such class, it is no serializer, or its file can't be read
     */
    static Serializer<Object> of(String name, RegistrySettings registry) {
        var serializer = made(name);
        serializer.configure(configuration(registry), false);
        return serializer;
    }

    @SuppressWarnings("unchecked") // what it can't write, it refuses
    private static Serializer<Object> made(String name) {
        try {
            return (Serializer<Object>) Class.forName(name)
                    .asSubclass(Serializer.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalStateException(
                    "SLUICE_VALUE_SERIALIZER: %s is no serializer on the class path; SLUICE_CLASS_PATH adds to it"
                            .formatted(name),
                    e);
        }
    }

    /** Nothing is registered by it: all that is written was, before the first record. */
    private static Map<String, Object> configuration(RegistrySettings registry) {
        var configuration = new HashMap<String, Object>();
        configuration.put("schema.registry.url", registry.url().toString());
        configuration.put("auto.register.schemas", false);
        configuration.put("value.subject.name.strategy", STRATEGIES + strategy(registry.naming()));
        registry.userInfo().ifPresent(userInfo -> {
            configuration.put("basic.auth.credentials.source", "USER_INFO");
            configuration.put("basic.auth.user.info", userInfo);
        });
        registry.serializerFile().ifPresent(file -> properties(file)
                .forEach((name, value) -> configuration.put(name.toString(), value)));
        return configuration;
    }

    private static String strategy(SubjectNaming naming) {
        return switch (naming) {
            case TOPIC_NAME -> "TopicNameStrategy";
            case RECORD_NAME -> "RecordNameStrategy";
            case TOPIC_RECORD_NAME -> "TopicRecordNameStrategy";
        };
    }

    private static Properties properties(Path file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new IllegalStateException("SLUICE_VALUE_SERIALIZER_FILE: can't read " + file, e);
        }
        return properties;
    }
}
