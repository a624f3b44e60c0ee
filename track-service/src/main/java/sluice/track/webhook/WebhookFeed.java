package sluice.track.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.track.delivery.Attempt;
import sluice.track.delivery.Feed;

/**
 * One tenant's events, on their way to its receiver.
 *
 * @param giveUpAfter age of an event, by the time of its record, from which on an attempt that fails is its last
 */
record WebhookFeed(TenantEvents events, Receiver to, Duration giveUpAfter, WebhookMeters meters)
        implements Feed<WebhookEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookFeed.class);

    @Override
    public List<String> topics() {
        return events.topics();
    }

    @Override
    public Optional<WebhookEvent> of(ConsumerRecord<String, byte[]> read) {
        return events.of(read).filter(told -> to.wants(told.type()));
    }

    @Override
    public CompletableFuture<Attempt> send(WebhookEvent event) {
        return to.post(event).thenApply(attempt -> {
            meters.count(attempt);
            return attempt;
        });
    }

    /** An attempt that nobody was there for is none: the next receiver begins with what this one leaves. */
    @Override
    public boolean isLast(Attempt attempt, int tries, Duration age) {
        return attempt.end() != Attempt.End.UNADDRESSED && age.compareTo(giveUpAfter) >= 0;
    }

    /** The record stays on the log: that is where it can be found. */
    @Override
    public void givenUp(WebhookEvent event, TopicPartition partition, long offset) {
        meters.countGivenUp();
        LOG.error(
                "{} {} is given up, and those behind it go on: its receiver has not taken it in {}; record {} of {}",
                event.type().text(),
                event.id(),
                giveUpAfter,
                offset,
                partition);
    }

    @Override
    public Object receiver() {
        return to.url();
    }
}
