package sluice.runtime.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import sluice.runtime.settings.SecretFile;

/**
 * A properties file of Kafka's client settings, of which those for TLS and login alone are taken: the others are
 * Sluice's own, and what holds of the log hangs on them. A fault names the file and the setting, and never the value
 * of a secret.
 */
record ClientFile(Path path) {
    private static final Set<String> SECRETS = AdminClientConfig.configDef().configKeys().values().stream()
            .filter(key -> key.type == ConfigDef.Type.PASSWORD)
            .map(key -> key.name)
            .collect(Collectors.toUnmodifiableSet());
    private static final String PROTOCOL = CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;

    /** @return what the file says, sorted; of no use if there was a fault */
    Map<String, String> read(Consumer<String> faults) {
        var read = new TreeMap<String, String>();
        try (var reader = Files.newBufferedReader(path)) {
            var properties = new Properties();
            properties.load(reader);
            properties.forEach((name, value) -> read.put(name.toString(), value.toString()));
            var secret = new SecretFile(path);
            if (secret.isOpenToEverybody()) faults.accept(secret.openToEverybody());
        } catch (NoSuchFileException e) {
            faults.accept("there is no file '%s'".formatted(path));
            return read;
        } catch (IOException e) {
            faults.accept("can't read '%s'".formatted(path));
            return read;
        } catch (IllegalArgumentException e) {
            faults.accept("'%s' is no properties file".formatted(path));
            return read;
        }
        check(read, fault -> faults.accept("%s, in '%s'".formatted(fault, path)));
        return read;
    }

    private static void check(Map<String, String> settings, Consumer<String> faults) {
        settings.keySet().forEach(name -> checkName(name, faults));
        if (!settings.containsKey(PROTOCOL)) {
            faults.accept(PROTOCOL + " is missing: without it Kafka's clients speak plain text");
        }
        AdminClientConfig.configDef().validate(settings).stream()
                .filter(value -> settings.containsKey(value.name()))
                .forEach(value -> checkValue(value, faults));
        var jaas = settings.get(SaslConfigs.SASL_JAAS_CONFIG);
        if (jaas != null) checkJaas(jaas, faults);
    }

    private static void checkName(String name, Consumer<String> faults) {
        if (!name.equals(PROTOCOL) && !name.startsWith("sasl.") && !name.startsWith("ssl.")) {
            faults.accept(name + " is not taken: only " + PROTOCOL + ", sasl.* and ssl.* are");
        } else if (!AdminClientConfig.configNames().contains(name)) {
            faults.accept(name + ": Kafka's clients have no such setting");
        }
    }

    private static void checkValue(ConfigValue value, Consumer<String> faults) {
        if (value.errorMessages().isEmpty()) return;
        var why = SECRETS.contains(value.name()) ? "Kafka refuses the value" : String.join("; ", value.errorMessages());
        faults.accept(value.name() + ": " + why);
    }

    /** Kafka would find the same later, and some of its messages show parts of the text, which has the password. */
    private static void checkJaas(String jaas, Consumer<String> faults) {
        try {
            JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(jaas)));
        } catch (RuntimeException e) {
            faults.accept(
                    SaslConfigs.SASL_JAAS_CONFIG
                            + ": expected '<login module class> required <name>=\"<value>\" ...;', with what is no word in quotes");
        }
    }
}
