package sluice.track.notice;

import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import sluice.runtime.Node;
import sluice.track.delivery.Deliveries;
import sluice.track.delivery.DeliveryThread;
import sluice.track.http.TenantPages;
import sluice.track.http.UserQueries;
import sluice.track.mail.MailSettings;
import sluice.track.mail.Mailer;
import sluice.track.webhook.Questions;

/**
 * Mails users when one of their authenticators was added, changed or removed, and when recovery codes were issued or one
 * was spent (S18). It follows the log, so no call waits for it and a crash loses none; several processes share the
 * partitions.
 */
public final class Notices implements AutoCloseable {
    private final Node node;
    private final InstantSource clock;
    private final Instant processStart;
    private final Mailer mailer;
    private final NoticeFeed feed;
    private final DeliveryThread thread = new DeliveryThread("notices", this::deliveries);

    private Notices(Node node, UserQueries users, MailSettings mail, Questions questions, InstantSource clock) {
        this.node = node;
        this.clock = clock;
        this.processStart = clock.instant();
        this.mailer = new Mailer(mail); // of their own threads: no code waits behind a notice
        var meters = new NoticeMeters(node.meters());
        this.feed = new NoticeFeed(
                node.topics(),
                new Pace(),
                new NoticeMail(
                        users,
                        new Addressees(node.sealing()),
                        new TenantPages(node.configuration()),
                        questions,
                        mailer,
                        meters),
                meters);
    }

    /** Begins to look after them. */
    public static Notices start(
            Node node, UserQueries users, MailSettings mail, Questions questions, InstantSource clock) {
        var notices = new Notices(node, users, mail, questions, clock);
        notices.thread.start();
        return notices;
    }

    private Deliveries<Notice> deliveries() {
        var group = node.topics().prefix() + "notices";
        var consumer = new KafkaConsumer<>(
                node.kafka().unhurriedMember(group), new StringDeserializer(), new ByteArrayDeserializer());
        return new Deliveries<>(consumer, feed, new NoticeStart(processStart), clock);
    }

    @Override
    public void close() {
        thread.close();
        mailer.close();
    }
}
