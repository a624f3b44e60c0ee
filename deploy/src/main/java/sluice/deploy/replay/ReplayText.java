package sluice.deploy.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import sluice.track.http.json.Json;

/** A replay for people, made of what programs get (docs/replay.md). */
public final class ReplayText {
    private final StringBuilder text = new StringBuilder();
    private final ObjectNode replay;

    private ReplayText(ObjectNode replay) {
        this.replay = replay;
    }

    /** The replay, in lines. */
    public static String of(ObjectNode replay) {
        return new ReplayText(replay).text();
    }

    private String text() {
        line("User %s of tenant %s, until %s", shown("userId"), shown("tenantId"), shown("until"));
        if (!replay.path("isRebuilt").asBoolean()) {
            line(
                    "Without the keyset: as the outcome topics have it. What rules saw, and the user's state, are sealed.");
        }
        if (replay.path("isCut").asBoolean()) line("The log has lost its beginning: so has the state.");
        if (replay.path("unreadable").asLong() > 0) line("%s records nobody could judge", shown("unreadable"));
        if (replay.path("erased").asLong() > 0) {
            line("%s events are erased: the user was deleted after them", shown("erased"));
        }
        user();
        section("Actions", replay.path("actions"), action -> fields(action, Set.of()));
        events();
        record();
        return text.toString();
    }

    private void user() {
        var user = replay.path("user");
        if (user.isMissingNode()) {
            if (replay.path("isRebuilt").asBoolean()) line("%nNothing had come of the user by then.");
            return;
        }
        line("%nState");
        for (var field : user.properties()) {
            var value = field.getValue();
            var isList = value.isArray() && value.size() > 0 && value.get(0).isObject();
            if (!isList) {
                line("  %s: %s", field.getKey(), value.isObject() ? fields(value, Set.of()) : shown(value));
            } else {
                line("  %s:", field.getKey());
                value.forEach(each -> line("    %s", fields(each, Set.of())));
            }
        }
    }

    private void events() {
        line("%nEvents");
        for (var event : replay.path("events")) {
            line("  %s %s %s", shown(event.path("at")), shown(event.path("event")), shown(event.path("eventId")));
            if (event.path("by").isObject()) line("    by: %s", fields(event.path("by"), Set.of()));
            var decision = event.path("decision");
            if (decision.isObject()) decision(decision);
            if (event.path("verification").isObject())
                line("    attempt: %s", fields(event.path("verification"), Set.of()));
            event.path("changes").forEach(change -> line("    change: %s", fields(change, Set.of())));
            event.path("transitions").forEach(transition -> line("    transition: %s", fields(transition, Set.of())));
        }
    }

    private void decision(JsonNode decision) {
        line("    decision: %s", fields(decision, Set.of("rules")));
        for (var rule : decision.path("rules")) {
            var name = rule.has("name") ? " (" + shown(rule.path("name")) + ")" : "";
            var how = rule.path("isTooCostly").asBoolean()
                    ? "was given up"
                    : rule.path("isMatch").asBoolean() ? "matched" : "did not match";
            var values = rule.path("values");
            line(
                    "      rule %s%s %s: %s",
                    shown(rule.path("ruleId")),
                    name,
                    how,
                    values.isEmpty() ? "nothing read" : fields(values, Set.of()));
        }
    }

    private void record() {
        var record = replay.path("record");
        var differences = record.path("differences");
        line(
                "%n%d outcomes are on the log and in the replay; %s",
                record.path("compared").asLong(),
                differences.isEmpty() ? "nothing differs" : differences.size() + " differences:");
        differences.forEach(each -> line("  %s", fields(each, Set.of())));
    }

    private void section(String title, JsonNode items, Function<JsonNode, String> shown) {
        line("%n%s", title);
        if (items.isEmpty()) line("  none");
        items.forEach(item -> line("  %s", shown.apply(item)));
    }

    private static String fields(JsonNode object, Set<String> but) {
        List<String> fields = new ArrayList<>();
        for (var field : object.properties()) {
            if (but.contains(field.getKey())) continue;
            fields.add(printable(field.getKey()) + " = " + shown(field.getValue()));
        }
        return String.join(", ", fields);
    }

    private String shown(String field) {
        return shown(replay.path(field));
    }

    private static String shown(JsonNode value) {
        if (value.isTextual()) return printable(value.asText());
        if (!value.isArray()) return printable(Json.text(value));
        return StreamSupport.stream(value.spliterator(), false)
                .map(ReplayText::shown)
                .collect(Collectors.joining(" ", "[", "]"));
    }

    /** What others have chosen, without what a terminal would obey. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
