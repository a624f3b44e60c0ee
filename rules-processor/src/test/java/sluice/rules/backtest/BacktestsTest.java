package sluice.rules.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sluice.rules.backtest.domain.Findings;
import sluice.rules.backtest.domain.Period;
import sluice.rules.backtest.domain.Report;
import sluice.rules.backtest.domain.TooManyUsersException;
import sluice.schemas.BacktestState;
import sluice.schemas.BacktestView;

@Timeout(30)
class BacktestsTest {
    private final Runner runner = new Runner();
    private final Backtests backtests = new Backtests(runner);

    @AfterEach
    void end() {
        runner.mayGoOn.countDown();
        backtests.close();
    }

    /** Carries out what a test tells it to, in two partitions. */
    private static final class Runner implements BacktestRun.Runner {
        private final BlockingQueue<Backtest.Progress> going = new LinkedBlockingQueue<>();
        private final CountDownLatch mayGoOn = new CountDownLatch(1);
        private final List<Integer> passes = new ArrayList<>();
        private int passesNeeded = 1;
        private boolean isBroken;

        @Override
        public Report run(Plan plan, Backtest.Progress progress) {
            passes.add(plan.passes());
            if (isBroken) throw new IllegalStateException("no log");
            if (plan.passes() < passesNeeded) throw new TooManyUsersException(plan.usersMax());
            progress.read(100, 0, 0.5);
            going.add(progress);
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            progress.read(100, 1, 0.5);
            return new Findings(Set.of(), 0).report();
        }

        @Override
        public int partitions() {
            return 2;
        }
    }

    @Test
    void givenAPlan_whenItIsCarriedOut_thenProgressAndReportAreTold() throws Exception {
        assertThat(backtests.start("a", plan("acme")).getState()).isIn(BacktestState.WAITING, BacktestState.RUNNING);
        runner.going.take();

        var going = backtests.look("acme", "a");
        assertThat(going.getState()).isEqualTo(BacktestState.RUNNING);
        assertThat(going.getShare()).isEqualTo(0.25);
        assertThat(going.getRecords()).isEqualTo(100);
        assertThat(going.getReport()).isNull();

        runner.mayGoOn.countDown();
        var over = over("acme", "a");
        assertThat(over.getState()).isEqualTo(BacktestState.SUCCEEDED);
        assertThat(over.getShare()).isEqualTo(1);
        assertThat(over.getRecords()).isEqualTo(200);
        assertThat(over.getReport()).startsWith("{\"tenantId\":\"acme\"").contains("\"decisions\":0");
    }

    @Test
    void givenOneThatGoesOn_whenAnotherIsAskedFor_thenItIsNotTakenAndTheSameOneAgainIsTheSame() throws Exception {
        backtests.start("a", plan("acme"));
        runner.going.take();

        var other = backtests.start("b", plan("acme"));
        assertThat(other.getState()).isEqualTo(BacktestState.BUSY);
        assertThat(other.getBacktestId()).isEqualTo("a");
        assertThat(backtests.start("a", plan("acme")).getState()).isEqualTo(BacktestState.RUNNING);
        assertThat(backtests.look("acme", "b").getState()).isEqualTo(BacktestState.ABSENT);

        runner.mayGoOn.countDown();
        over("acme", "a");
        assertThat(runner.passes).hasSize(1);
        assertThat(backtests.start("b", plan("acme")).getBacktestId()).isEqualTo("b");
        assertThat(backtests.look("acme", "a").getState()).isEqualTo(BacktestState.ABSENT);
        over("acme", "b");
    }

    @Test
    void givenAnotherTenants_whenItIsLookedForOrEnded_thenThereIsNone() throws Exception {
        backtests.start("a", plan("acme"));
        runner.going.take();

        assertThat(backtests.look("globex", "a").getState()).isEqualTo(BacktestState.ABSENT);
        assertThat(backtests.end("globex", "a").getState()).isEqualTo(BacktestState.ABSENT);
        assertThat(backtests.start("b", plan("globex")).getState()).isEqualTo(BacktestState.WAITING);
        assertThat(backtests.look("acme", "a").getState()).isEqualTo(BacktestState.RUNNING);
    }

    @Test
    void givenOneThatGoesOn_whenItIsEnded_thenItStopsAndTheNextOneRuns() throws Exception {
        backtests.start("a", plan("acme"));
        runner.going.take();

        assertThat(backtests.end("acme", "a").getState()).isEqualTo(BacktestState.RUNNING);
        assertThat(backtests.look("acme", "a").getState()).isEqualTo(BacktestState.ABSENT);
        backtests.start("b", plan("acme"));
        runner.mayGoOn.countDown();

        assertThat(over("acme", "b").getState()).isEqualTo(BacktestState.SUCCEEDED);
    }

    @Test
    void givenMoreUsersThanFit_whenItIsCarriedOut_thenItTakesMorePasses() throws Exception {
        runner.passesNeeded = 3;
        runner.mayGoOn.countDown();

        backtests.start("a", plan("acme"));

        assertThat(over("acme", "a").getState()).isEqualTo(BacktestState.SUCCEEDED);
        assertThat(runner.passes).containsExactly(1, 2, 4);
    }

    @Test
    void givenFarMoreUsers_whenItIsCarriedOut_thenItIsGivenUp() throws Exception {
        runner.passesNeeded = BacktestRun.PASSES_MAX + 1;

        backtests.start("a", plan("acme"));

        assertThat(over("acme", "a").getState()).isEqualTo(BacktestState.TOO_MANY_USERS);
        assertThat(runner.passes).endsWith(BacktestRun.PASSES_MAX);
    }

    @Test
    void givenALogThatCanNotBeRead_whenItIsCarriedOut_thenItHasFailed() throws Exception {
        runner.isBroken = true;

        backtests.start("a", plan("acme"));

        assertThat(over("acme", "a").getState()).isEqualTo(BacktestState.FAILED);
    }

    @Test
    void givenManyTenants_whenOneMoreAsks_thenItWaitsItsTurnUnlessTooManyDo() throws Exception {
        for (var i = 0; i < Backtests.TENANTS_MAX; i++) backtests.start("a", plan("tenant-" + i));

        assertThat(backtests.start("a", plan("acme")).getState()).isEqualTo(BacktestState.FULL);

        runner.mayGoOn.countDown();
        for (var i = 0; i < Backtests.TENANTS_MAX; i++) over("tenant-" + i, "a");
        backtests.start("a", plan("acme"));
        assertThat(over("acme", "a").getState()).isEqualTo(BacktestState.SUCCEEDED);
        assertThat(backtests.look("tenant-0", "a").getState()).isEqualTo(BacktestState.ABSENT);
        assertThat(backtests.look("tenant-1", "a").getState()).isEqualTo(BacktestState.SUCCEEDED);
    }

    private BacktestView over(String tenantId, String backtestId) throws InterruptedException {
        while (true) {
            var view = backtests.look(tenantId, backtestId);
            if (view.getState() != BacktestState.WAITING && view.getState() != BacktestState.RUNNING) return view;
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static Plan plan(String tenantId) {
        return new Plan(tenantId, Map.of(), Period.ALL, 1, 10, 3, false);
    }
}
