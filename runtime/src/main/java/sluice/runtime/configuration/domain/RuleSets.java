package sluice.runtime.configuration.domain;

import java.util.EnumSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import sluice.rule.CustomDataPoint;
import sluice.schemas.ConfigurationKind;

/**
 * The rule sets and data points of every version, each made once however many versions it is the same in. Thread-safe.
 *
 * <p>A rule set changes with the rules of its action code, and with the lists and data points of its tenant.
 */
final class RuleSets {
    private static final Set<ConfigurationKind> CONCERN_RULES =
            EnumSet.of(ConfigurationKind.RULE, ConfigurationKind.VALUE_LIST, ConfigurationKind.CUSTOM_DATA_POINT);

    /** Enough for the newest of many actions and the ones that a replay is about; what is dropped is compiled again. */
    private static final int CACHED_MAX = 2000;

    private final Map<String, NavigableSet<Long>> vocabularyChanges = new ConcurrentHashMap<>();
    private final Map<Action, NavigableSet<Long>> ruleChanges = new ConcurrentHashMap<>();
    private final Map<Key, RuleSet> cache = new ConcurrentHashMap<>();

    private final Map<Tenant, Map<String, CustomDataPoint>> points = new ConcurrentHashMap<>();

    private record Action(String tenantId, String actionCode) {}

    /** @param since the version that last changed its data points or lists */
    private record Tenant(String tenantId, long since) {}

    /** @param since the version that last changed it */
    private record Key(Action action, long since) {}

    /** Notes that a piece has changed. */
    void changed(Piece piece, long version) {
        if (piece.kind() == ConfigurationKind.RULE) {
            var action = new Action(
                    piece.tenantId(), piece.key().substring(0, piece.key().indexOf('/')));
            note(ruleChanges, action, version);
        }
        if (piece.kind() == ConfigurationKind.VALUE_LIST || piece.kind() == ConfigurationKind.CUSTOM_DATA_POINT) {
            note(vocabularyChanges, piece.tenantId(), version);
        }
    }

    private static <K> void note(Map<K, NavigableSet<Long>> changes, K key, long version) {
        changes.computeIfAbsent(key, each -> new ConcurrentSkipListSet<>()).add(version);
    }

    RuleSet at(ConfigurationView view, String tenantId, String actionCode) {
        var action = new Action(tenantId, actionCode);
        var rulesSince = latest(ruleChanges.get(action), view.version());
        if (rulesSince == 0) return RuleSet.EMPTY;
        var since = Math.max(rulesSince, latest(vocabularyChanges.get(tenantId), view.version()));
        var key = new Key(action, since);
        var known = cache.get(key);
        if (known != null) return known;
        if (cache.size() >= CACHED_MAX) cache.clear();
        return cache.computeIfAbsent(
                key, missing -> RuleSet.of(view.rules(tenantId, actionCode), view.vocabulary(tenantId)));
    }

    /** Data points that track calls bring, by name. */
    Map<String, CustomDataPoint> actionPoints(ConfigurationView view, String tenantId) {
        var since = latest(vocabularyChanges.get(tenantId), view.version());
        if (since == 0) return Map.of();
        var key = new Tenant(tenantId, since);
        var known = points.get(key);
        if (known != null) return known;
        if (points.size() >= CACHED_MAX) points.clear();
        return points.computeIfAbsent(key, missing -> Vocabularies.ofActions(view.customDataPoints(tenantId)));
    }

    /** 0 if there is none. */
    private static long latest(@Nullable NavigableSet<Long> changes, long version) {
        if (changes == null) return 0;
        var latest = changes.floor(version);
        return latest == null ? 0 : latest;
    }

    /** Compiles what a change to a piece has made stale, so that the next event finds it done. */
    void prepare(Piece piece, ConfigurationView view) {
        if (!CONCERN_RULES.contains(piece.kind())) return;
        ruleChanges.keySet().stream()
                .filter(action -> action.tenantId().equals(piece.tenantId()))
                .forEach(action -> at(view, action.tenantId(), action.actionCode()));
    }
}
