package sluice.deploy.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What was rebuilt beside what was recorded: each outcome by its eventId, field by field (promise P3).
 *
 * @param compared outcomes that are on both sides
 * @param differences in the order of the rebuilt, then of the recorded
 */
public record Comparison(long compared, List<Difference> differences) {
    public Comparison {
        differences = List.copyOf(differences);
    }

    /** How an outcome differs. */
    public enum Kind {
        /** The log does not have what the replay makes: not yet, not any more, or taken from it. */
        NOT_RECORDED,
        /** The log has what nothing in the replay makes. */
        NOT_REBUILT,
        /** Both have it, with other fields. */
        OTHER_FIELDS
    }

    /** @param fields names of those that differ */
    public record Difference(Kind kind, OutcomeRecord outcome, List<String> fields) {
        public Difference {
            fields = List.copyOf(fields);
        }
    }

    /** Compares. Of several with one eventId the first counts: the others are that one, given again. */
    public static Comparison of(List<OutcomeRecord> rebuilt, List<OutcomeRecord> recorded) {
        var ours = byEventId(rebuilt);
        var theirs = byEventId(recorded);
        var all = new LinkedHashSet<>(ours.keySet());
        all.addAll(theirs.keySet());
        var differences = new ArrayList<Difference>();
        for (var eventId : all) compare(ours.get(eventId), theirs.get(eventId), differences);
        return new Comparison(both(ours.keySet(), theirs.keySet()), differences);
    }

    private static void compare(
            @Nullable OutcomeRecord ours, @Nullable OutcomeRecord theirs, List<Difference> differences) {
        if (theirs == null && ours != null) differences.add(new Difference(Kind.NOT_RECORDED, ours, List.of()));
        if (ours == null && theirs != null) differences.add(new Difference(Kind.NOT_REBUILT, theirs, List.of()));
        if (ours == null || theirs == null || ours.value().equals(theirs.value())) return;
        differences.add(new Difference(Kind.OTHER_FIELDS, theirs, fields(ours.value(), theirs.value())));
    }

    private static long both(Set<String> ours, Set<String> theirs) {
        return ours.stream().filter(theirs::contains).count();
    }

    private static Map<String, OutcomeRecord> byEventId(List<OutcomeRecord> outcomes) {
        var byId = new LinkedHashMap<String, OutcomeRecord>();
        outcomes.forEach(outcome -> byId.putIfAbsent(outcome.topic() + "/" + outcome.eventId(), outcome));
        return byId;
    }

    private static List<String> fields(SpecificRecord ours, SpecificRecord theirs) {
        return ours.getSchema().getFields().stream()
                .filter(field -> !Objects.equals(ours.get(field.pos()), theirs.get(field.pos())))
                .map(Schema.Field::name)
                .toList();
    }
}
