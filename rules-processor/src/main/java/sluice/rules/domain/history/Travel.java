package sluice.rules.domain.history;

/**
 * From one place to another. The limits are those that leave out what addresses are placed wrongly by: 100 km, for any
 * speed to count, and a passenger plane's speed.
 */
public record Travel(Place from, Place to) {
    private static final double IMPOSSIBLE_KM = 100;
    private static final double IMPOSSIBLE_KMH = 1000;
    private static final double FAR_KM = 500;

    /** Along the surface. */
    public double kilometres() {
        return from.kilometresTo(to);
    }

    /** In km/h; less than a minute counts as one. */
    public double speed() {
        return from.speedTo(to);
    }

    /** Whether nobody travels so. */
    public boolean isImpossible() {
        return kilometres() > IMPOSSIBLE_KM && speed() > IMPOSSIBLE_KMH;
    }

    /** Whether it is no everyday journey. */
    public boolean isFar() {
        return kilometres() > FAR_KM;
    }
}
