package sluice.track.notice;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.query.OwnerUnavailableException;
import sluice.schemas.id.NobodyId;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.SchemaUnavailableException;
import sluice.track.delivery.Attempt;
import sluice.track.delivery.Feed;

/** Notices, on their way to their users. */
final class NoticeFeed implements Feed<Notice> {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeFeed.class);
    private static final Duration GIVE_UP_AFTER = Duration.ofHours(24);

    /** A server that is there and puts one mailbox off holds up all others' notices: some four minutes. */
    private static final int TRIES_MAX = 8;

    private final Topics topics;
    private final Pace pace;
    private final NoticeMail mail;
    private final NoticeMeters meters;

    NoticeFeed(Topics topics, Pace pace, NoticeMail mail, NoticeMeters meters) {
        this.topics = topics;
        this.pace = pace;
        this.mail = mail;
        this.meters = meters;
    }

    @Override
    public List<String> topics() {
        return List.of(topics.userChanges.name(), topics.verifications.name());
    }

    @Override
    public Optional<Notice> of(ConsumerRecord<String, byte[]> read) {
        try {
            var notice = notice(read).filter(told -> !NobodyId.is(told.userId()));
            var admitted = notice.filter(pace::admits);
            if (notice.isPresent() && admitted.isEmpty()) meters.countHeldBack();
            return admitted;
        } catch (SchemaUnavailableException e) {
            throw e; // it is told once Kafka is back
        } catch (RuntimeException e) { // what is no record, and one that lacks what its kind has
            LOG.error(
                    "Record {} of {}-{} can't be read, no notice tells of it",
                    read.offset(),
                    read.topic(),
                    read.partition(),
                    e);
            return Optional.empty();
        }
    }

    private Optional<Notice> notice(ConsumerRecord<String, byte[]> read) {
        return read.topic().equals(topics.verifications.name())
                ? Notice.of(topics.verifications.value().fromBytes(read.value()))
                : Notice.of(topics.userChanges.value().fromBytes(read.value()));
    }

    @Override
    public CompletableFuture<Attempt> send(Notice notice) {
        return mail.send(notice).exceptionally(NoticeFeed::failed);
    }

    private static Attempt failed(Throwable fault) {
        var cause =
                fault instanceof CompletionException wrapped && wrapped.getCause() != null ? wrapped.getCause() : fault;
        if (cause instanceof OwnerUnavailableException) return Attempt.failed("the user's state is moving");
        LOG.error("A notice can't be made now", cause);
        return new Attempt(Attempt.End.REFUSED, "can't be made", Optional.empty());
    }

    @Override
    public boolean isLast(Attempt attempt, int tries, Duration age) {
        return attempt.end() == Attempt.End.REFUSED ? tries >= TRIES_MAX : age.compareTo(GIVE_UP_AFTER) >= 0;
    }

    @Override
    public void givenUp(Notice notice, TopicPartition partition, long offset) {
        meters.countGivenUp();
        LOG.error(
                "{} is given up, and those behind it go on: its mail was not taken; record {} of {}",
                notice,
                offset,
                partition);
    }

    @Override
    public Object receiver() {
        return "the mail server";
    }
}
