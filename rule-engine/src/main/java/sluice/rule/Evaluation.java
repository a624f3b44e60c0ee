package sluice.rule;

/**
 * What became of a condition.
 *
 * @param isMatch whether it holds
 * @param isTooCostly whether it was given up, which counts as not holding
 * @param reads what was read
 */
public record Evaluation(boolean isMatch, boolean isTooCostly, Reads reads) {}
