package sluice.rule;

/** How far back a data point counts: sliding windows that end with the event at hand. */
public enum Span {
    TEN_MINUTES("10m"),
    HOUR("1h"),
    DAY("24h"),
    WEEK("7d"),
    MONTH("30d");

    private final String label;

    Span(String label) {
        this.label = label;
    }

    /** The last part of a data point's name. */
    public String label() {
        return label;
    }
}
