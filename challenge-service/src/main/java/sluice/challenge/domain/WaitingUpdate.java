package sluice.challenge.domain;

import java.util.Optional;

/**
 * An update that came before its action's decision.
 *
 * @param replyPartition partition of the replies that the answer goes to; empty where nobody waits
 */
public record WaitingUpdate(Update update, Optional<Integer> replyPartition) {

    /** Who awaits the answer. */
    Optional<Asker> asker() {
        return replyPartition.map(partition -> new Asker(update.causeId(), partition));
    }
}
