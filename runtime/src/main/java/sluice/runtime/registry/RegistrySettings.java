package sluice.runtime.registry;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import sluice.runtime.settings.Settings;
import sluice.schemas.registry.SubjectNaming;

/**
 * Which schema registry numbers the schemas of the topics' records, and how it is asked.
 *
 * @param url where its REST API is, without the caller's name
 * @param userInfo name:password that it is asked with
 * @param registers whether schemas that it lacks are registered; else it must have them
 * @param naming how subjects are named
 * @param serializer class that writes the topics' records; empty: Sluice does
 * @param serializerFile properties that it takes beside the registry's
 */
public record RegistrySettings(
        URI url,
        Optional<String> userInfo,
        boolean registers,
        SubjectNaming naming,
        Optional<String> serializer,
        Optional<Path> serializerFile) {

    /** Reads these settings; empty if Sluice numbers its schemas itself. */
    public static Optional<RegistrySettings> from(Settings settings) {
        var url = settings.read(
                "SLUICE_SCHEMA_REGISTRY_URL",
                "",
                "an http or https URL without a user's name in it",
                "registry that numbers the topics' schemas; unset: Sluice does",
                URI::create,
                RegistrySettings::isGood);
        var userInfo = settings.secret("SLUICE_SCHEMA_REGISTRY_USER_INFO", 3, "name:password for that registry");
        var registers = settings.read(
                "SLUICE_SCHEMA_REGISTRY_AUTO_REGISTER",
                "true",
                "true or false",
                "whether schemas that it lacks are registered there",
                text -> text.matches("true|false") ? Optional.of(Boolean.valueOf(text)) : Optional.<Boolean>empty(),
                Optional::isPresent);
        var naming = settings.read(
                "SLUICE_SCHEMA_REGISTRY_SUBJECTS",
                SubjectNaming.TOPIC_NAME.name(),
                "one of " + Arrays.toString(SubjectNaming.values()),
                "how subjects are named there",
                SubjectNaming::valueOf,
                any -> true);
        var serializer = settings.text(
                "SLUICE_VALUE_SERIALIZER",
                "",
                "[A-Za-z0-9_$.]*",
                "a class's full name",
                "Kafka serializer that writes the topics' values, with that registry; unset: Sluice's own");
        var serializerFile = settings.text(
                "SLUICE_VALUE_SERIALIZER_FILE", "", ".*", "a path", "properties file with more that it takes");
        settings.refuseIfAnyIsWrong();
        return url.filter(given -> !given.toString().isEmpty())
                .map(given -> new RegistrySettings(
                        given,
                        userInfo,
                        registers.flatMap(any -> any).orElseThrow(),
                        naming.orElseThrow(),
                        serializer.filter(name -> !name.isEmpty()),
                        serializerFile.filter(file -> !file.isEmpty()).map(Path::of)));
    }

    private static boolean isGood(URI url) {
        if (url.toString().isEmpty()) return true;
        var isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        return isHttp && url.getHost() != null && url.getRawUserInfo() == null;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RegistrySettings[url=%s, registers=%s, naming=%s]".formatted(url, registers, naming);
    }
}
