package sluice.rules.domain.history;

/**
 * What was counted in one stretch of time.
 *
 * @param index number of the stretch, by its resolution, from the epoch
 * @param count of the values, one at least
 * @param sum of the values
 * @param max of the values
 */
public record Bucket(long index, long count, double sum, double max) {
    static Bucket of(long index, double value) {
        return new Bucket(index, 1, value, value);
    }

    Bucket and(double value) {
        return new Bucket(index, count + 1, sum + value, Math.max(max, value));
    }
}
