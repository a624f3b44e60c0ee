package sluice.rules.backtest;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.rules.backtest.domain.Report;
import sluice.rules.backtest.domain.TooManyUsersException;
import sluice.schemas.BacktestState;

/** One back-test beside production: in as many passes as it takes, at less than full speed, until it is told to stop. */
public final class BacktestRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(BacktestRun.class);

    /** Each reads all of the log. */
    static final int PASSES_MAX = 64;

    /** What the thread rests for each record that it read, so that a core is never its own. */
    private static final Duration REST = Duration.ofNanos(50_000);

    private final Plan plan;
    private final Runner runner;
    private volatile BacktestStatus status;
    private volatile boolean isStopped;

    /** Carries a plan out, as {@link Backtest#run} does. */
    public interface Runner {
        /**
         * @param progress told while it reads; what it throws ends the run
         * @throws TooManyUsersException if a partition has more users in a pass than the plan has room for
         */
        Report run(Plan plan, Backtest.Progress progress);

        /** Partitions of the topics that are read. */
        int partitions();
    }

    /** The run was told to stop. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    BacktestRun(String backtestId, Plan plan, Runner runner) {
        this.plan = plan;
        this.runner = runner;
        this.status = new BacktestStatus(BacktestState.WAITING, backtestId);
    }

    boolean is(String backtestId) {
        return status.backtestId().equals(backtestId);
    }

    BacktestStatus status() {
        return status;
    }

    void stop() {
        isStopped = true;
    }

    @Override
    public void run() {
        try {
            var report = report();
            status = status.succeeded(report);
        } catch (StoppedException e) {
            status = status.failed(BacktestState.FAILED); // nobody looks any more
        } catch (TooManyUsersException e) {
            status = status.failed(BacktestState.TOO_MANY_USERS);
        } catch (RuntimeException e) {
            LOG.warn("Back-test {} could not be carried out", status.backtestId(), e);
            status = status.failed(BacktestState.FAILED);
        }
    }

    private String report() {
        for (var passes = plan.passes(); ; passes *= 2) {
            var tried = plan.inPasses(passes);
            try {
                requireGoingOn();
                return new ReportJson(runner.run(tried, progress(passes * runner.partitions())), tried).text();
            } catch (TooManyUsersException e) {
                if (passes * 2 > PASSES_MAX) throw e;
            }
        }
    }

    private Backtest.Progress progress(int parts) {
        return (more, part, share) -> {
            requireGoingOn();
            status = status.read(more, (part + share) / parts);
            LockSupport.parkNanos(more * REST.toNanos());
        };
    }

    private void requireGoingOn() {
        if (isStopped) throw new StoppedException();
    }
}
