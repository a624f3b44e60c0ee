package sluice.runtime.observe;

/**
 * How far a store of one partition has got with reading its changelog.
 *
 * @param recordsLeft to read, at most: what compaction has removed counts too
 * @param recordsPerSecond since it began
 */
public record Restoring(long recordsLeft, long recordsPerSecond) {}
