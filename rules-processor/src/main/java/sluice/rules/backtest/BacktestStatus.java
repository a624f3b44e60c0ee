package sluice.rules.backtest;

import java.util.Optional;
import sluice.schemas.BacktestState;

/**
 * How far a back-test is.
 *
 * @param share how much of the log is read, 0 to 1
 * @param records that were read
 * @param report as JSON, once it is there
 */
record BacktestStatus(BacktestState state, String backtestId, double share, long records, Optional<String> report) {
    /** Nothing is read. */
    BacktestStatus(BacktestState state, String backtestId) {
        this(state, backtestId, 0, 0, Optional.empty());
    }

    BacktestStatus read(long more, double shareNow) {
        return new BacktestStatus(BacktestState.RUNNING, backtestId, shareNow, records + more, report);
    }

    BacktestStatus failed(BacktestState how) {
        return new BacktestStatus(how, backtestId, share, records, Optional.empty());
    }

    BacktestStatus succeeded(String reportNow) {
        return new BacktestStatus(BacktestState.SUCCEEDED, backtestId, 1, records, Optional.of(reportNow));
    }

    boolean isOver() {
        return state != BacktestState.WAITING && state != BacktestState.RUNNING;
    }
}
