package sluice.acceptance.advisory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * Versions of a package that are affected, as OSV tells it (the schema's "affected" objects): listed, or between events
 * that are in Maven's order of versions. GitHub says of a range that nobody has mended how far it is known to reach.
 */
record Range(List<Event> events, List<String> versions, String knownTo) {
    private static final ComparableVersion FIRST = new ComparableVersion("0");

    /** From a version on something is so; of {@code last_affected}, from after it on. */
    private record Event(String kind, ComparableVersion version) {
        boolean isReached(ComparableVersion by) {
            var order = by.compareTo(version);
            return kind.equals("last_affected") ? order > 0 : order >= 0 || version.equals(FIRST);
        }
    }

    static List<Range> of(JsonNode affected) {
        var versions = new ArrayList<String>();
        affected.path("versions").forEach(version -> versions.add(version.asText()));
        var knownTo = affected.path("database_specific")
                .path("last_known_affected_version_range")
                .asText();
        var ranges = new ArrayList<Range>();
        affected.path("ranges").forEach(range -> ranges.add(new Range(events(range), versions, knownTo)));
        return ranges.isEmpty() ? List.of(new Range(List.of(), versions, "")) : ranges;
    }

    private static List<Event> events(JsonNode range) {
        var events = new ArrayList<Event>();
        for (var event : range.path("events")) {
            for (var told : event.properties()) {
                events.add(new Event(
                        told.getKey(), new ComparableVersion(told.getValue().asText())));
            }
        }
        events.sort(Comparator.comparing(Event::version));
        return events;
    }

    boolean has(String version) {
        if (versions.contains(version)) return true;
        var asked = new ComparableVersion(version);
        var isIn = false;
        for (var event : events) {
            if (event.isReached(asked)) isIn = event.kind().equals("introduced");
        }
        return isIn && (isMended() || isKnownToReach(asked));
    }

    private boolean isMended() {
        return events.stream().anyMatch(event -> !event.kind().equals("introduced"));
    }

    private boolean isKnownToReach(ComparableVersion asked) {
        if (!knownTo.startsWith("<")) return true;
        var isIncluded = knownTo.startsWith("<=");
        var order = asked.compareTo(
                new ComparableVersion(knownTo.substring(isIncluded ? 2 : 1).strip()));
        return isIncluded ? order <= 0 : order < 0;
    }
}
