package sluice.rules.backtest.domain;

import sluice.rules.domain.ActionKey;
import sluice.rules.domain.Cause;

/**
 * A decision that the rules of the time, replayed, make otherwise than it was made.
 *
 * @param cause the track event
 * @param recorded as production made it
 * @param replayed as the replay makes it
 */
public record Deviation(Cause cause, ActionKey action, Judgement recorded, Judgement replayed, Reason reason) {
    /** Why, as far as the log tells. */
    public enum Reason {
        /** It was decided under another version of the configuration than the event names. */
        OTHER_CONFIGURATION,

        /** The log has lost its beginning: what made the user's state is gone. */
        LOG_CUT,

        /** Events of the user were erased: what made the user's state is gone. */
        ERASED,

        /** Nothing tells. Events of several topics within milliseconds may have been taken in another order. */
        UNKNOWN
    }
}
