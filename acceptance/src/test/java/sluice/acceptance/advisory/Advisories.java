package sluice.acceptance.advisory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

/** Advisories of Maven's packages in the Open Source Vulnerability format. Others, and withdrawn ones, are passed over. */
public final class Advisories {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Advisories name parts by what they are made of; the jars by what they are made for. */
    private static final Map<String, String> KNOWN_AS = Map.of(
            "org.apache.kafka:kafka_2.13", "org.apache.kafka:kafka",
            "org.eclipse.angus:angus-mail", "org.eclipse.angus:smtp");

    private final Map<String, List<Advisory>> byPackage = new HashMap<>();
    private int count;

    private record Advisory(String id, Range range) {}

    private Advisories() {}

    /**
     * Reads them.
     *
     * @param source a folder with JSON files at any depth, a zip file of such, or one JSON file; each file one advisory,
     *     or a list of them
     */
    public static Advisories of(Path source) throws IOException {
        var advisories = new Advisories();
        if (Files.isDirectory(source)) {
            try (var files = Files.walk(source)) {
                files.filter(file -> file.toString().endsWith(".json")).forEach(advisories::read);
            }
        } else if (source.toString().endsWith(".zip")) {
            advisories.readZip(source);
        } else {
            advisories.read(source);
        }
        return advisories;
    }

    private void readZip(Path source) throws IOException {
        try (var zip = new ZipFile(source.toFile())) {
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                if (!entry.getName().endsWith(".json")) continue;
                try (var in = zip.getInputStream(entry)) {
                    add(in);
                }
            }
        }
    }

    private void read(Path file) {
        try (var in = Files.newInputStream(file)) {
            add(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(InputStream in) throws IOException {
        var read = JSON.readTree(in.readAllBytes());
        if (read.has("advisories")) read.get("advisories").forEach(this::add);
        else if (read.isArray()) read.forEach(this::add);
        else add(read);
    }

    private void add(JsonNode advisory) {
        if (advisory.has("withdrawn")) return;
        count++;
        for (var affected : advisory.path("affected")) {
            var its = affected.path("package");
            if (!its.path("ecosystem").asText().equals("Maven")) continue;
            for (var range : Range.of(affected)) {
                byPackage
                        .computeIfAbsent(its.path("name").asText(), name -> new ArrayList<>())
                        .add(new Advisory(advisory.path("id").asText(), range));
            }
        }
    }

    /** How many there are, of whatever packages. */
    public int count() {
        return count;
    }

    /**
     * The ids of those that a part is affected by.
     *
     * @param name group and artifact, with a colon between
     */
    public List<String> of(String name, String version) {
        var alias = KNOWN_AS.getOrDefault(name, name);
        return List.of(name, alias).stream()
                .distinct()
                .flatMap(each -> byPackage.getOrDefault(each, List.of()).stream())
                .filter(advisory -> advisory.range().has(version))
                .map(Advisory::id)
                .distinct()
                .toList();
    }
}
