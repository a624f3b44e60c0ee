package sluice.challenge.domain;

import java.util.Optional;

/**
 * A verification that came before its action's decision.
 *
 * @param replyPartition partition of the replies that the answer goes to; empty where nobody waits
 */
public record Waiting(Verification verification, Optional<Integer> replyPartition) {

    /** Who awaits the answer. */
    Optional<Asker> asker() {
        return replyPartition.map(partition -> new Asker(verification.causeId(), partition));
    }
}
