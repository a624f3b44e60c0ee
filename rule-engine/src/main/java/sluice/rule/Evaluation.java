package sluice.rule;

import java.util.List;

/**
 * What became of a condition.
 *
 * @param isMatch whether it holds
 * @param isTooCostly whether it was given up, which counts as not holding
 * @param reads slots that were read, ascending
 */
public record Evaluation(boolean isMatch, boolean isTooCostly, List<Integer> reads) {}
