package sluice.track.http.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sluice.rule.Vocabulary;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.id.UserKey;
import sluice.track.http.Refusal;
import sluice.track.http.RefusedException;
import sluice.track.http.json.Json;
import sluice.track.http.json.JsonBody;

/**
 * Rules that somebody thinks of saving: a JSON object of action codes, each with the list of its rules as the
 * management API takes and gives them, or null for an action that keeps its own (docs/backtest.md).
 */
public final class CandidateRules {
    private static final int ID_LENGTH_MAX = 256;

    private CandidateRules() {}

    /**
     * Reads them, as strict as a rule that is saved.
     *
     * @param vocabulary what the rules may name
     * @return rules by id, by action code; one without a {@code ruleId} is named by its place, {@code #001} the first
     * @throws RefusedException if any of it would be refused; its message starts with the place
     */
    public static Map<String, Map<String, Setting.Rule>> read(byte[] json, Vocabulary vocabulary) {
        return read(object(json), vocabulary);
    }

    /** Reads them from an object, likewise. */
    static Map<String, Map<String, Setting.Rule>> read(ObjectNode json, Vocabulary vocabulary) {
        var candidate = new TreeMap<String, Map<String, Setting.Rule>>();
        for (var entry : json.properties()) {
            var actionCode = entry.getKey();
            if (!UserKey.isActionCode(actionCode)) {
                throw refused(actionCode, "expected an action code: letters, digits, _ and -, 64 at most.");
            }
            if (!entry.getValue().isNull()) candidate.put(actionCode, rules(actionCode, entry.getValue(), vocabulary));
        }
        if (candidate.isEmpty()) throw Refusal.INVALID_REQUEST.because("There are no rules of any action.");
        return candidate;
    }

    /**
     * Reads when a period begins or ends: a day, in UTC, or a time with its offset.
     *
     * @throws DateTimeException if it is neither, or too far away for the log
     */
    public static Instant time(String text) {
        if (text.length() == "2026-01-31".length()) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return Json.asLogged(OffsetDateTime.parse(text).toInstant());
    }

    private static ObjectNode object(byte[] json) {
        try {
            if (Json.MAPPER.readTree(json) instanceof ObjectNode object) return object;
            throw Refusal.INVALID_REQUEST.because("Expected a JSON object of action codes and their rules.");
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw Refusal.INVALID_REQUEST.because(
                    where == null
                            ? "Not well-formed JSON."
                            : "Not well-formed JSON, line %d, column %d."
                                    .formatted(where.getLineNr(), where.getColumnNr()));
        } catch (IOException e) {
            throw new AssertionError("Bytes can be read", e);
        }
    }

    private static Map<String, Setting.Rule> rules(String actionCode, JsonNode list, Vocabulary vocabulary) {
        if (!list.isArray() || list.size() > RuleHandler.RULES_MAX) {
            throw refused(actionCode, "expected a list of at most " + RuleHandler.RULES_MAX + " rules, or null.");
        }
        var rules = new HashMap<String, Setting.Rule>();
        for (var i = 0; i < list.size(); i++) {
            var place = actionCode + "/" + i;
            if (!(list.get(i) instanceof ObjectNode object)) throw refused(place, "expected a rule, an object.");
            add(rules, JsonBody.of(object), i, place, vocabulary);
        }
        return rules;
    }

    private static void add(
            Map<String, Setting.Rule> rules, JsonBody body, int index, String place, Vocabulary vocabulary) {
        try {
            var id = body.text("ruleId", ID_LENGTH_MAX).orElseGet(() -> String.format(Locale.ROOT, "#%03d", index + 1));
            var rule = RuleBody.read(Optional.empty(), new Patch(body));
            RuleBody.requireMeaning(rule, vocabulary);
            if (rules.put(id, rule) != null) throw JsonBody.refused("ruleId", "an id that no other rule here has");
        } catch (RefusedException e) {
            throw Refusal.INVALID_REQUEST.because(place + "/" + e.getMessage());
        }
    }

    private static RefusedException refused(String place, String expectation) {
        return Refusal.INVALID_REQUEST.because(place + ": " + expectation);
    }
}
