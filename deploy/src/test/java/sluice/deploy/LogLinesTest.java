package sluice.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** E6: what somebody else has written can't look like a line of the log. */
class LogLinesTest {
    private static final String FORGED = "12:00:00.000 ERROR s.Forged - all is lost";

    private final LoggerContext context = new LoggerContext();
    private OutputStreamAppender<ILoggingEvent> appender;

    @BeforeEach
    @BeforeProperty
    void read() throws Exception {
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(requireNonNull(LogLinesTest.class.getResource("/logback.xml")));
        appender =
                (OutputStreamAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("stderr");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\n", "\r", "\r\n", "\u0000\n", "\u000b\n", "\f\n", "\u0085", "\u2028", "\u2029", "\u001b[2K\r"})
    void e6_givenLineBreaksInAMessage_whenLogged_thenItIsOneLine(String lineBreak) {
        var text = logged("No user 'a" + lineBreak + FORGED + "'", Optional.empty());

        assertThat(text.strip())
                .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u2029]")
                .contains(FORGED);
        assertThat(text).endsWith("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\u0085", "\u2028"})
    void e6_givenLineBreaksInAnExceptionsText_whenLogged_thenItBeginsNoLine(String lineBreak) {
        var cause = new IllegalStateException("inner" + lineBreak + FORGED);

        var text = logged("It failed", Optional.of(new IllegalArgumentException("outer" + lineBreak + FORGED, cause)));

        assertThat(text.split("[\\r\\n\\u0085\\u2028]+")).noneMatch(line -> line.startsWith(FORGED));
        assertThat(text).contains("\tat ", "Caused by: ").endsWith("\n");
    }

    @Test
    void givenAnException_whenLogged_thenItsTraceIsThereOnce() {
        var text = logged("It failed", Optional.of(new IllegalStateException("because")));

        assertThat(text.split("because", -1)).hasSize(2);
    }

    /** Whatever the text: one event is one line, and no line of a trace begins as the log's own do. */
    @Property(tries = 300)
    void e6_givenAnyText_whenLogged_thenItIsOneLineAndATraceBeginsNone(@ForAll("nasty") String text) {
        assertThat(logged("No user '" + text + "'", Optional.empty()).strip())
                .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

        var trace = logged("It failed", Optional.of(new IllegalStateException(text + FORGED)));
        assertThat(trace.split("[\\r\\n\\u0085\\u2028\\u2029]+")).noneMatch(line -> line.startsWith(FORGED));
        assertThat(trace).doesNotContainPattern("[\\p{Cntrl}&&[^\\r\\n\\t]]");
    }

    @Provide
    Arbitrary<String> nasty() {
        var breaks =
                Arbitraries.of("\n", "\r", "\r\n", "\u000b", "\f", "\u0085", "\u2028", "\u2029", "\u001b[2K", "\0");
        return Arbitraries.oneOf(breaks, Arbitraries.strings().ofMaxLength(8))
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    private String logged(String message, Optional<Throwable> fault) {
        var event =
                new LoggingEvent("", context.getLogger("sluice.Test"), Level.INFO, message, fault.orElse(null), null);
        return new String(appender.getEncoder().encode(event), UTF_8);
    }
}
