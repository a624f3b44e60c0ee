package sluice.runtime.kafka;

import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Puts malformed events on the dead-letter topic, with their cause in the headers, and goes on. Anything else stops the
 * thread, so that no sound event is ever skipped because a store or the broker failed.
 */
public final class DeadLetters implements ProcessingExceptionHandler {
    private final ProcessingExceptionHandler resume = new LogAndContinueProcessingExceptionHandler();

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> read, Exception fault) {
        return fault instanceof MalformedEventException ? resume.handleError(context, read, fault) : Response.fail();
    }

    @Override
    public void configure(Map<String, ?> settings) {
        resume.configure(settings);
    }
}
