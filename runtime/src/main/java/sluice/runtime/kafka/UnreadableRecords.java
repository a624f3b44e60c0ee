package sluice.runtime.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import sluice.schemas.wire.SchemaUnavailableException;

/**
 * Puts records that can't be read on the dead-letter topic, and goes on; but for those of which nobody can tell now: they
 * stop the thread, so that they are read again.
 */
public final class UnreadableRecords implements DeserializationExceptionHandler {
    private final DeserializationExceptionHandler resume = new LogAndContinueExceptionHandler();

    @Override
    public Response handleError(ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> read, Exception fault) {
        var isUntold = fault instanceof SchemaUnavailableException || fault instanceof InterruptException;
        return isUntold ? Response.fail() : resume.handleError(context, read, fault);
    }

    @Override
    public void configure(Map<String, ?> settings) {
        resume.configure(settings);
    }
}
