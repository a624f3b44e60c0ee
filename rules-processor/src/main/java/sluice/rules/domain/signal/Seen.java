package sluice.rules.domain.signal;

/**
 * When one of those that are counted was last there.
 *
 * @param who tells them apart
 * @param minute minutes since the epoch, whole ones: who is there again in the same minute changes nothing
 */
public record Seen(long who, long minute) {}
