package sluice.track.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.query.OwnerUnavailableException;
import sluice.runtime.seal.NoEpochException;
import sluice.track.log.CrowdedException;

/** The one place where a failed call gets its answer. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final long SKIPPED_BYTES_MAX = 1024 * 1024;

    private Refusals() {}

    static void addTo(RoutesConfig routes) {
        routes.exception(RefusedException.class, Refusals::write);
        routes.exception(HttpResponseException.class, Refusals::ofJavalin);
        routes.exception(TimeoutException.class, (late, context) -> unavailable(context, "No answer in time."));
        routes.exception(
                OwnerUnavailableException.class,
                (gone, context) -> unavailable(context, "The user's state is moving."));
        routes.exception(
                NoEpochException.class, (young, context) -> unavailable(context, "Nothing can be sealed now."));
        routes.exception(KafkaException.class, Refusals::ofTheLog);
        routes.exception(UnsupportedCharsetException.class, (unknown, context) -> notJson(context));
        routes.exception(IllegalCharsetNameException.class, (unknown, context) -> notJson(context));
        routes.exception(CompletionException.class, Refusals::ofACause);
        routes.exception(Exception.class, Refusals::unexpected);
    }

    private static void write(RefusedException refused, Context context) {
        refused.refusal().write(context, refused.description(), refused.retryAfter());
    }

    private static void ofTheLog(KafkaException fault, Context context) {
        if (fault instanceof CrowdedException) { // counted, not told of: a line for each would make it worse
            unavailable(context, "Too many calls wait for their outcomes.");
            return;
        }
        if (fault instanceof SerializationException) { // whoever tries again fails again
            unexpected(fault, context);
            return;
        }
        LOG.warn("The log did not take an event: {}", fault.toString());
        unavailable(context, "The log did not take the event.");
    }

    private static void unavailable(Context context, String description) {
        Refusal.SERVICE_UNAVAILABLE.write(context, description + " Nothing was lost; try again.", SOON);
    }

    private static void ofACause(CompletionException wrapped, Context context) {
        var cause = wrapped.getCause();
        if (cause instanceof RefusedException refused) write(refused, context);
        else if (cause instanceof TimeoutException) unavailable(context, "No answer in time.");
        else if (cause instanceof OwnerUnavailableException) unavailable(context, "The user's state is moving.");
        else if (cause instanceof NoEpochException) unavailable(context, "Nothing can be sealed now.");
        else if (cause instanceof KafkaException fault) ofTheLog(fault, context);
        else unexpected(wrapped, context);
    }

    private static void ofJavalin(HttpResponseException raised, Context context) {
        switch (raised.getStatus()) {
            case 404 -> Refusal.NOT_FOUND.write(context, "There is no such path.", null);
            case 405 -> Refusal.METHOD_NOT_ALLOWED.write(context, "The path does not take this method.", null);
            case 413 -> tooLarge(context);
            case 415 -> notJson(context);
            default -> Refusal.INVALID_REQUEST.write(context, "The request can't be understood.", null);
        }
    }

    /**
     * A connection that is closed on a client who still sends can lose the answer on its way: so the rest of a body that
     * is not many times too large is read first.
     */
    private static void tooLarge(Context context) {
        try {
            context.req().getInputStream().skipNBytes(SKIPPED_BYTES_MAX);
        } catch (IOException e) {
            // the body or the connection has ended: either way there is no more to skip
        }
        Refusal.TOO_LARGE.write(context, "The body is too large.", null);
    }

    /** Jetty looks up the character set of a Content-Type as soon as it is asked for it. */
    private static void notJson(Context context) {
        Refusal.UNSUPPORTED_MEDIA_TYPE.write(context, "The body must be application/json.", null);
    }

    private static void unexpected(Exception fault, Context context) {
        LOG.error("A call failed in a way that nobody foresaw", fault);
        Refusal.INTERNAL_ERROR.write(context, "The call failed.", null);
    }
}
