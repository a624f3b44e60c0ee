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
        assertThat(backtests.start("a", plan("acme")).state()).isIn(BacktestState.WAITING, BacktestState.RUNNING);
        runner.going.take();

        var going = backtests.look("acme", "a");
        assertThat(going.state()).isEqualTo(BacktestState.RUNNING);
        assertThat(going.share()).isEqualTo(0.25);
        assertThat(going.records()).isEqualTo(100);
        assertThat(going.report()).isEmpty();

        runner.mayGoOn.countDown();
        var over = over("acme", "a");
        assertThat(over.state()).isEqualTo(BacktestState.SUCCEEDED);
        assertThat(over.share()).isEqualTo(1);
        assertThat(over.records()).isEqualTo(200);
        assertThat(over.report().orElseThrow())
                .startsWith("{\"tenantId\":\"acme\"")
                .contains("\"decisions\":0");
    }

    @Test
    void givenOneThatGoesOn_whenAnotherIsAskedFor_thenItIsNotTakenAndTheSameOneAgainIsTheSame() throws Exception {
        backtests.start("a", plan("acme"));
        runner.going.take();

        var other = backtests.start("b", plan("acme"));
        assertThat(other.state()).isEqualTo(BacktestState.BUSY);
        assertThat(other.backtestId()).isEqualTo("a");
        assertThat(backtests.start("a", plan("acme")).state()).isEqualTo(BacktestState.RUNNING);
        assertThat(backtests.look("acme", "b").state()).isEqualTo(BacktestState.ABSENT);

        runner.mayGoOn.countDown();
        over("acme", "a");
        assertThat(runner.passes).hasSize(1);
        assertThat(backtests.start("b", plan("acme")).backtestId()).isEqualTo("b");
        assertThat(backtests.look("acme", "a").state()).isEqualTo(BacktestState.ABSENT);
        over("acme", "b");
    }

    @Test
    void givenAnotherTenants_whenItIsLookedForOrEnded_thenThereIsNone() throws Exception {
        backtests.start("a", plan("acme"));
        runner.going.take();

        assertThat(backtests.look("globex", "a").state()).isEqualTo(BacktestState.ABSENT);
        assertThat(backtests.end("globex", "a").state()).isEqualTo(BacktestState.ABSENT);
        assertThat(backtests.start("b", plan("globex")).state()).isEqualTo(BacktestState.WAITING);
        assertThat(backtests.look("acme", "a").state()).isEqualTo(BacktestState.RUNNING);
    }

    @Test
    void givenOneThatGoesOn_whenItIsEnded_thenItStopsAndTheNextOneRuns() throws Exception {
        backtests.start("a", plan("acme"));
        runner.going.take();

        assertThat(backtests.end("acme", "a").state()).isEqualTo(BacktestState.RUNNING);
        assertThat(backtests.look("acme", "a").state()).isEqualTo(BacktestState.ABSENT);
        backtests.start("b", plan("acme"));
        runner.mayGoOn.countDown();

        assertThat(over("acme", "b").state()).isEqualTo(BacktestState.SUCCEEDED);
    }

    @Test
    void givenMoreUsersThanFit_whenItIsCarriedOut_thenItTakesMorePasses() throws Exception {
        runner.passesNeeded = 3;
        runner.mayGoOn.countDown();

        backtests.start("a", plan("acme"));

        assertThat(over("acme", "a").state()).isEqualTo(BacktestState.SUCCEEDED);
        assertThat(runner.passes).containsExactly(1, 2, 4);
    }

    @Test
    void givenFarMoreUsers_whenItIsCarriedOut_thenItIsGivenUp() throws Exception {
        runner.passesNeeded = BacktestRun.PASSES_MAX + 1;

        backtests.start("a", plan("acme"));

        assertThat(over("acme", "a").state()).isEqualTo(BacktestState.TOO_MANY_USERS);
        assertThat(runner.passes).endsWith(BacktestRun.PASSES_MAX);
    }

    @Test
    void givenALogThatCanNotBeRead_whenItIsCarriedOut_thenItHasFailed() throws Exception {
        runner.isBroken = true;

        backtests.start("a", plan("acme"));

        assertThat(over("acme", "a").state()).isEqualTo(BacktestState.FAILED);
    }

    @Test
    void givenManyTenants_whenOneMoreAsks_thenItWaitsItsTurnUnlessTooManyDo() throws Exception {
        for (var i = 0; i < Backtests.TENANTS_MAX; i++) backtests.start("a", plan("tenant-" + i));

        assertThat(backtests.start("a", plan("acme")).state()).isEqualTo(BacktestState.FULL);

        runner.mayGoOn.countDown();
        for (var i = 0; i < Backtests.TENANTS_MAX; i++) over("tenant-" + i, "a");
        backtests.start("a", plan("acme"));
        assertThat(over("acme", "a").state()).isEqualTo(BacktestState.SUCCEEDED);
        assertThat(backtests.look("tenant-0", "a").state()).isEqualTo(BacktestState.ABSENT);
        assertThat(backtests.look("tenant-1", "a").state()).isEqualTo(BacktestState.SUCCEEDED);
    }

    private BacktestStatus over(String tenantId, String backtestId) throws InterruptedException {
        while (true) {
            var status = backtests.look(tenantId, backtestId);
            if (status.isOver()) return status;
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static Plan plan(String tenantId) {
        return new Plan(tenantId, Map.of(), Period.ALL, 1, 10, 3, false);
    }
}
