package sluice.rules.backtest.domain;

/**
 * What production made of an event, as the decisions' topic has it.
 *
 * @param judgement without its explanation
 * @param configurationVersion version of the configuration that was decided under
 */
public record Recorded(Judgement judgement, long configurationVersion) {
    /** Whether a replay has come to the same, by the same rules. */
    boolean agrees(Judgement replayed) {
        return judgement.isAlike(replayed) && judgement.ruleIds().equals(replayed.ruleIds());
    }
}
