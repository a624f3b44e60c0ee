package sluice.schemas.registry;

import static java.util.Comparator.comparing;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.ReleasedSchemas.Release;

/** Every subject of the topics' records, under each of the three namings, with its versions. Never changes. */
public final class Subjects {
    private static final Comparator<Entry> BY_SUBJECT_AND_VERSION =
            comparing(Entry::subject).thenComparing(Entry::version);

    private final TreeMap<String, TreeMap<Integer, Entry>> entries = new TreeMap<>();

    /** One version of one subject. */
    public record Entry(String subject, int version, int id, Schema schema) {}

    private Subjects() {}

    /** The subjects of an installation's topics, with the ids that its records carry. */
    public static Subjects of(Topics topics) {
        var subjects = new Subjects();
        topics.all().forEach(topic -> topics.publishedIds().releases().stream()
                .filter(release -> release.schema()
                        .getFullName()
                        .equals(topic.value().schema().getFullName()))
                .forEach(release -> subjects.add(topic, release)));
        return subjects;
    }

    private void add(Topic<?> topic, Release release) {
        for (var naming : SubjectNaming.values()) {
            var subject = naming.subject(topic.name(), release.schema().getFullName());
            entries.computeIfAbsent(subject, any -> new TreeMap<>())
                    .put(release.version(), new Entry(subject, release.version(), release.id(), release.schema()));
        }
    }

    /** All subjects, in the order of their names. */
    public Collection<String> names() {
        return Collections.unmodifiableCollection(entries.keySet());
    }

    /** The versions of a subject, oldest first; empty if there is no such subject. */
    public List<Entry> versions(String subject) {
        return List.copyOf(entries.getOrDefault(subject, new TreeMap<>()).values());
    }

    /** One version of a subject. */
    public Optional<Entry> version(String subject, int version) {
        return versions(subject).stream()
                .filter(entry -> entry.version() == version)
                .findFirst();
    }

    /** The newest version of a subject. */
    public Optional<Entry> newest(String subject) {
        var versions = versions(subject);
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    /** Where a schema is filed; empty if no schema of a topic has the id. */
    public List<Entry> of(int id) {
        return entries.values().stream()
                .flatMap(versions -> versions.values().stream())
                .filter(entry -> entry.id() == id)
                .sorted(BY_SUBJECT_AND_VERSION)
                .toList();
    }

    /**
     * The newest version of a subject that is this schema. What Java alone asks for, and documentation, make no
     * difference: a client that parsed a schema and writes it out again may have lost them.
     */
    public Optional<Entry> find(String subject, Schema schema) {
        var sought = SchemaForm.of(schema);
        return versions(subject).stream()
                .filter(entry -> SchemaForm.of(entry.schema()).equals(sought))
                .reduce((older, newer) -> newer);
    }
}
