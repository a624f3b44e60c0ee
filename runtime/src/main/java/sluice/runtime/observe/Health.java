package sluice.runtime.observe;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What a process is made of and which of it is ready. Thread-safe. */
public final class Health {
    private final Map<String, BooleanSupplier> parts = new ConcurrentHashMap<>();
    private final Map<String, Boolean> features = new ConcurrentHashMap<>();
    private final Map<String, Supplier<Map<String, Restoring>>> restorings = new ConcurrentHashMap<>();

    /** Adds a part that the process needs in order to do its work. */
    public void needs(String part, BooleanSupplier isReady) {
        parts.put(part, isReady);
    }

    /** Tells whether a feature is there that the process works without. */
    public void offers(String feature, boolean isThere) {
        features.put(feature, isThere);
    }

    /** Adds a part that may have stores to restore, each of a name, before it is ready. */
    public void restores(String part, Supplier<Map<String, Restoring>> stores) {
        restorings.put(part, stores);
    }

    /** By part, the stores that are being restored; parts that restore nothing are left out. */
    public Map<String, Map<String, Restoring>> restoring() {
        var parts = new TreeMap<String, Map<String, Restoring>>();
        restorings.forEach((part, stores) -> {
            var now = stores.get();
            if (!now.isEmpty()) parts.put(part, now);
        });
        return parts;
    }

    /** Each feature by name, and whether it is there. */
    public Map<String, Boolean> features() {
        return new TreeMap<>(features);
    }

    /** Each part by name, and whether it is ready. */
    public Map<String, Boolean> parts() {
        var states = new TreeMap<String, Boolean>();
        parts.forEach((part, isReady) -> states.put(part, isReady.getAsBoolean()));
        return states;
    }

    public boolean isReady() {
        return parts.values().stream().allMatch(BooleanSupplier::getAsBoolean);
    }
}
