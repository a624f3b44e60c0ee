package sluice.challenge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import sluice.challenge.domain.Asker;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topics;

/** Finds in a record's headers who awaits the answer. They are text from outside: what is unsound asks nothing. */
final class Askers {
    private final int partitions;

    /** @param partitions of the topic of replies */
    Askers(int partitions) {
        this.partitions = partitions;
    }

    /** @param causeId names the event that is answered where no header does */
    Optional<Asker> of(Headers headers, String causeId) {
        var eventId = text(headers, Topics.EVENT_ID).filter(UserKey::isText).orElse(causeId);
        return text(headers, Topics.REPLY_PARTITION)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .filter(partition -> partition < partitions)
                .map(partition -> new Asker(eventId, partition));
    }

    private static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(header -> header.value())
                .map(bytes -> new String(bytes, UTF_8));
    }
}
