package sluice.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import sluice.runtime.Node;
import sluice.runtime.NodeSettings;
import sluice.runtime.configuration.ConfigurationReader;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.erasure.EpochKeys;
import sluice.runtime.kafka.Brokers;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.registry.LogNumbering;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.Sealing;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;
import sluice.track.TrackSettings;
import sluice.track.tenant.Credentials;

/** The log of an installation, for a command that only reads it. */
public record LogAccess(NodeSettings settings, KafkaProperties kafka, LogNumbering numbering) {

    public static LogAccess of(NodeSettings settings) throws InterruptedException {
        return new LogAccess(settings, new KafkaProperties(settings), LogNumbering.of(settings, step -> {}));
    }

    /** The catalogue. */
    public Topics topics() {
        return numbering.topics();
    }

    /**
     * Refuses to go on without some topics. A consumer, unlike an administrator, asks for nothing that a reader may not.
     *
     * @param command for the message
     * @param wanted which of the topics
     * @throws CommandFailedException if one is not there as it is expected, or the broker does not answer
     */
    public void require(String command, Function<Topics, List<Topic<?>>> wanted) {
        try (var consumer =
                new KafkaConsumer<>(kafka.reader(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.partitionsFor(topics().schemas()); // may be missing, but must not be forbidden
            for (var topic : wanted.apply(topics())) {
                var found = consumer.partitionsFor(topic.name()).size();
                if (found == topic.partitions()) continue;
                throw new CommandFailedException(
                        found == 0
                                ? "There is no topic %s at %s: set SLUICE_BOOTSTRAP_SERVERS and SLUICE_TOPIC_PREFIX as the installation has them."
                                        .formatted(topic.name(), settings.bootstrapServers())
                                : "The topic %s has %d partitions where %d are expected; set SLUICE_PARTITIONS as the installation has it."
                                        .formatted(topic.name(), found, topic.partitions()));
            }
        } catch (AuthenticationException e) {
            throw new CommandFailedException(String.valueOf(
                    Brokers.refused(settings.bootstrapServers(), e).getMessage()));
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            throw new CommandFailedException("Kafka at %s did not answer; ./sluice %s starts no broker of its own."
                    .formatted(settings.bootstrapServers(), command));
        }
    }

    /** All of the configuration that is on the log now. */
    public ConfigurationSource configuration() {
        return ConfigurationReader.read(numbering, kafka);
    }

    /** Whether this machine holds a keyset at all. */
    public boolean hasKeyset() {
        return Files.exists(settings.dataDirectory().resolve(Keyset.FILE));
    }

    /**
     * The keyset, and the keys of the epochs that live.
     *
     * @throws CommandFailedException if there is no keyset, or it is another installation's
     */
    public Sealing sealing(ConfigurationView configuration) throws IOException, InterruptedException {
        var sealing = keyset(configuration);
        sealing.use(
                EpochKeys.start(topics().epochKeys, kafka, sealing)); // on a daemon's thread, until the command ends
        return sealing;
    }

    private Sealing keyset(ConfigurationView configuration) throws IOException {
        try {
            var sealing = Keyset.openExisting(settings.dataDirectory());
            Node.refuseForeignKeyset(configuration, sealing, settings.dataDirectory());
            return sealing;
        } catch (IllegalStateException e) {
            throw new CommandFailedException(e.getMessage() + ": set SLUICE_DATA_DIR as the installation has it.");
        }
    }

    /**
     * The tenant that the command is about.
     *
     * @param told by the command's options; empty: the local one
     * @throws CommandFailedException if none is known, or it is not on the log
     */
    public String tenantId(String command, Optional<String> told, TrackSettings track, ConfigurationView configuration)
            throws IOException {
        if (told.isEmpty() && !Credentials.areThere(track, settings.dataDirectory())) {
            throw CommandFailedException.asked(command + ": say whose events with --tenant ID.");
        }
        var named = told.or(track::tenantId);
        var tenantId = named.isPresent()
                ? named.get()
                : Credentials.of(track, settings.dataDirectory()).tenantId();
        if (configuration.tenant(tenantId).isEmpty()) {
            throw CommandFailedException.asked("%s: there is no tenant '%s' on this log.".formatted(command, tenantId));
        }
        return tenantId;
    }
}
