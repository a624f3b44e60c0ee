package sluice.runtime.configuration.domain;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Predicate;
import sluice.rule.CustomDataPoint;
import sluice.schemas.ConfigurationKind;

/**
 * The fold over the configuration topic, with every value that a piece ever had, so that an event of last year is
 * decided under last year's configuration. One thread applies, any number read.
 *
 * <p>A change counts only if it is based on the version at which its piece was last changed: of two writers who read
 * the same value one wins, the same one for every reader of the log, and the other knows.
 */
public final class ConfigurationHistory {
    private final Map<Piece, NavigableMap<Long, Optional<Setting>>> values = new ConcurrentHashMap<>();
    private final RuleSets ruleSets = new RuleSets();
    private volatile long version;

    /**
     * Applies the log's next record.
     *
     * @return whether the change counted
     */
    public synchronized boolean apply(Change change) {
        var counts = changedAt(change.piece(), version) == change.basedOn();
        if (counts) {
            values.computeIfAbsent(change.piece(), piece -> new ConcurrentSkipListMap<>())
                    .put(version + 1, change.value());
            ruleSets.changed(change.piece(), version + 1);
        }
        version++;
        return counts;
    }

    /** Steps over a record that can't be read, so that versions stay the same for every reader. */
    public synchronized void skip() {
        version++;
    }

    /** How many records were applied. */
    public long version() {
        return version;
    }

    /** The newest configuration. */
    public ConfigurationView newest() {
        return new ConfigurationView(this, version);
    }

    /**
     * The configuration at a version.
     *
     * @throws IllegalArgumentException if the version is not there yet, or below 0
     */
    public ConfigurationView at(long wanted) {
        if (wanted < 0 || wanted > version) {
            throw new IllegalArgumentException(
                    "No version " + wanted + " of the configuration: the newest is " + version);
        }
        return new ConfigurationView(this, wanted);
    }

    /** Compiles the rules that a change concerns, so that no event waits for it. */
    public void prepare(Piece changed) {
        ruleSets.prepare(changed, newest());
    }

    RuleSet ruleSet(ConfigurationView view, String tenantId, String actionCode) {
        return ruleSets.at(view, tenantId, actionCode);
    }

    Map<String, CustomDataPoint> actionPoints(ConfigurationView view, String tenantId) {
        return ruleSets.actionPoints(view, tenantId);
    }

    Optional<Setting> valueAt(Piece piece, long at) {
        var history = values.get(piece);
        if (history == null) return Optional.empty();
        var entry = history.floorEntry(at);
        return entry == null ? Optional.empty() : entry.getValue();
    }

    long changedAt(Piece piece, long at) {
        var history = values.get(piece);
        if (history == null) return 0;
        var changed = history.floorKey(at);
        return changed == null ? 0 : changed;
    }

    <T extends Setting> Map<String, T> allAt(
            long at, ConfigurationKind kind, Function<Piece, String> name, Class<T> type) {
        return allAt(at, kind, piece -> true, name, type);
    }

    <T extends Setting> Map<String, T> allAt(
            long at, ConfigurationKind kind, Predicate<Piece> isWanted, Function<Piece, String> name, Class<T> type) {
        return values.keySet().stream()
                .filter(piece -> piece.kind() == kind && isWanted.test(piece))
                .filter(piece -> valueAt(piece, at).isPresent())
                .collect(toUnmodifiableMap(
                        name, piece -> type.cast(valueAt(piece, at).orElseThrow())));
    }
}
