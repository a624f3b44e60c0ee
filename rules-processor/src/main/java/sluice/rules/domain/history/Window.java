package sluice.rules.domain.history;

/** The sliding windows that rules can count in, each at the resolution at which it slides. */
public enum Window {
    TEN_MINUTES("10m", Resolution.MINUTES, 10),
    HOUR("1h", Resolution.MINUTES, 60),
    DAY("24h", Resolution.HOURS, 24),
    WEEK("7d", Resolution.DAYS, 7),
    MONTH("30d", Resolution.DAYS, 30);

    private final String label;
    private final Resolution resolution;
    private final int buckets;

    Window(String label, Resolution resolution, int buckets) {
        this.label = label;
        this.resolution = resolution;
        this.buckets = buckets;
    }

    /** What data points call it, such as {@code 24h}. */
    public String label() {
        return label;
    }

    Resolution resolution() {
        return resolution;
    }

    /** Whether a bucket is inside the window that ends with the bucket {@code now}: that one and those just before. */
    boolean holds(long bucket, long now) {
        return bucket > now - buckets && bucket <= now;
    }
}
