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

    private String logged(String message, Optional<Throwable> fault) {
        var event =
                new LoggingEvent("", context.getLogger("sluice.Test"), Level.INFO, message, fault.orElse(null), null);
        return new String(appender.getEncoder().encode(event), UTF_8);
    }
}
