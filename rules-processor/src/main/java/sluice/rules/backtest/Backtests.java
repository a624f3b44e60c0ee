package sluice.rules.backtest;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import sluice.schemas.BacktestState;

/**
 * The back-tests that this process was asked for (docs/adr/0019-backtests.md): one at a time, and of each tenant the
 * latest. They are in memory alone and end with the process. Thread-safe.
 */
public final class Backtests implements AutoCloseable {
    static final int TENANTS_MAX = 32;

    private static final Duration END_PATIENCE = Duration.ofSeconds(5);

    private final BacktestRun.Runner runner;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Backtests::background);
    private final Map<String, BacktestRun> latest = new LinkedHashMap<>();

    /** @param runner carries one out; called in one thread */
    public Backtests(BacktestRun.Runner runner) {
        this.runner = runner;
    }

    private static Thread background(Runnable work) {
        var thread = new Thread(work, "backtest");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Takes one, to be carried out when those before it are; the same one again is the one that there is.
     *
     * @return how far it is, or that it was not taken: BUSY with the one of the tenant that is going on, or FULL
     */
    synchronized BacktestStatus start(String backtestId, Plan plan) {
        var before = latest.get(plan.tenantId());
        if (before != null && before.is(backtestId)) return before.status();
        if (before != null && !before.status().isOver())
            return new BacktestStatus(BacktestState.BUSY, before.status().backtestId());
        if (before == null && !hasRoom()) return new BacktestStatus(BacktestState.FULL, backtestId);
        var run = new BacktestRun(backtestId, plan, runner);
        latest.remove(plan.tenantId());
        latest.put(plan.tenantId(), run);
        thread.execute(run);
        return run.status();
    }

    /** Makes room where there is none by forgetting the oldest that is over. */
    private boolean hasRoom() {
        if (latest.size() < TENANTS_MAX) return true;
        var over = latest.entrySet().stream()
                .filter(entry -> entry.getValue().status().isOver())
                .findFirst();
        over.ifPresent(entry -> latest.remove(entry.getKey()));
        return over.isPresent();
    }

    /** How far it is; ABSENT if there is none of this id. */
    synchronized BacktestStatus look(String tenantId, String backtestId) {
        var run = latest.get(tenantId);
        return run != null && run.is(backtestId) ? run.status() : new BacktestStatus(BacktestState.ABSENT, backtestId);
    }

    /**
     * Stops it, if it is going on, and forgets it.
     *
     * @return how far it was; ABSENT if there is none of this id
     */
    synchronized BacktestStatus end(String tenantId, String backtestId) {
        var run = latest.get(tenantId);
        if (run == null || !run.is(backtestId)) return new BacktestStatus(BacktestState.ABSENT, backtestId);
        run.stop();
        latest.remove(tenantId);
        return run.status();
    }

    @Override
    public void close() {
        synchronized (this) {
            latest.values().forEach(BacktestRun::stop);
        }
        thread.shutdown();
        try {
            if (!thread.awaitTermination(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) thread.shutdownNow();
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
