package sluice.challenge.domain;

/**
 * Who awaits the answer to an event.
 *
 * @param eventId the event that was published and is answered
 * @param partition partition of the replies that its publisher reads
 */
public record Asker(String eventId, int partition) {
    public Asker {
        if (partition < 0) throw new IllegalArgumentException("Partitions are counted from 0");
    }
}
