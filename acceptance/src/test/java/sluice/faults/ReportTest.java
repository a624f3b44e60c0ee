package sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.faults.history.Action;
import sluice.faults.history.Call;
import sluice.faults.history.Call.Answer;
import sluice.faults.history.Call.Kind;
import sluice.faults.history.Log;

/** What is planted in a run is in its report. */
class ReportTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Fault KILL = new Fault("kill", "rules-processor-1", 10 * SECOND, 14 * SECOND);
    private static final Fault UPGRADE = new Fault(Harms.UPGRADE, "rules-processor", 20 * SECOND, 40 * SECOND);

    private static Call call(Kind kind, double begun, double ended, int status) {
        var since = (long) (begun * SECOND);
        return new Call(
                kind,
                new Action("ada", "signIn", "key-" + begun),
                Optional.empty(),
                false,
                since,
                since,
                (long) (ended * SECOND),
                status == 0 ? Optional.empty() : Optional.of(new Answer(status, Optional.empty(), false)));
    }

    private static Run run(Call... history) {
        var nothing = new Log(List.of(), List.of(), List.of(), new Log.Replay(0, 0));
        return new Run(7, 0.5, Duration.ofMinutes(1), List.of(KILL, UPGRADE), List.of(history), nothing, List.of());
    }

    @Test
    void givenAKill_whenReported_thenDecisionsAndLookUpsHaveTheirOwnLongestWaits() {
        var report = new Report(List.of(run(
                call(Kind.TRACK, 9, 13.5, 200), // waits since the kill
                call(Kind.READ, 12, 14, 200),
                call(Kind.TRACK, 15.5, 50, 200)))); // wanted long after it

        assertThat(report.text()).contains("| kill rules-processor | 1 | 4.0 | 3.5 | 2.0 | 0 |");
    }

    @Test
    void givenAnUpgrade_whenNoRequestFails_thenTheRunIsGood() {
        var run = run(call(Kind.TRACK, 25, 44, 200), call(Kind.VERIFY, 30, 31, 429));

        assertThat(run.failedOfUpgrades()).isZero();
        assertThat(new Report(List.of(run)).isGood()).isTrue();
    }

    @Test
    void givenAnUpgrade_whenARequestHasNoAnswerOrALateOneOrAFault_thenTheRunIsNotGood() {
        for (var failed :
                List.of(call(Kind.TRACK, 25, 46, 200), call(Kind.TRACK, 25, 26, 500), call(Kind.TRACK, 25, 26, 0))) {
            var run = run(failed);

            assertThat(run.failedOfUpgrades()).as("%s", failed).isEqualTo(1);
            assertThat(new Report(List.of(run)).isGood()).isFalse();
        }
    }

    @Test
    void givenAPageWithAPlaceForIt_whenWritten_thenTheRestOfThePageStays(@TempDir Path folder) throws IOException {
        var page = Files.writeString(
                folder.resolve("page.md"), "before\n" + Report.BEGIN + "\nan older one\n" + Report.END + "\nafter\n");
        var report = new Report(List.of(run(), run()));

        report.writeTo(page);
        report.writeTo(page);

        assertThat(page)
                .content()
                .isEqualTo("before\n" + Report.BEGIN + "\n\n" + report.text() + "\n" + Report.END + "\nafter\n");
    }

    /** The page that the command is given in the documentation has that place. */
    @Test
    void givenTheDocumentation_whenALookIsTaken_thenTheReportHasItsPlace() {
        assertThat(Path.of("..", "docs", "reliability.md")).content().contains(Report.BEGIN, Report.END);
    }
}
