package sluice.deploy;

import java.time.Duration;
import java.util.Locale;
import sluice.rules.backtest.Backtest;
import sluice.rules.backtest.domain.Report;

/** Tells the operator how far a back-test has got, on standard error, about once a second. */
final class BacktestProgress implements Backtest.Progress {
    private final int parts;
    private final ReadProgress reading = new ReadProgress();

    /** @param parts passes times partitions */
    BacktestProgress(int parts) {
        this.parts = parts;
    }

    @Override
    public void read(long more, int part, double share) {
        reading.read(more, (part + share) / parts);
    }

    void finished(Report report) {
        var seconds = reading.seconds();
        System.err.printf(
                Locale.ROOT,
                "sluice: %5.1f s  replayed %,d events, %,.0f a second%s%n",
                seconds,
                report.events(),
                report.events() / seconds,
                report.firstAt()
                        .flatMap(first -> report.lastAt().map(last -> Duration.between(first, last)))
                        .map(span -> String.format(
                                Locale.ROOT, ", %,.0f times as fast as they came", span.toMillis() / 1e3 / seconds))
                        .orElse(""));
    }
}
