package sluice.runtime.signal.domain;

/**
 * How many there were in a stretch of time.
 *
 * @param index number of the stretch, from the epoch on
 */
public record Count(long index, long count) {}
