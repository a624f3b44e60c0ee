package sluice.runtime.query;

import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * What a stateful processor tells about the partition that it has: that it owns it now, and how far it has applied its
 * inputs. A query is answered only by the owner, and only once everything that was acknowledged before the take-over
 * has been applied (promise P4).
 */
public interface Ownership {
    /** Of partitions that nobody asks about and nobody takes away: a processor in a harness, without a cluster. */
    Ownership UNASKED = new Ownership() {
        @Override
        public void tookOver(int partition) {}

        @Override
        public void released(int partition) {}

        @Override
        public void requireUnbroken(int partition) {}

        @Override
        public void applied(ProcessorContext<?, ?> context) {}
    };

    /** The processor's state is restored and its partition is its own; called from {@code init}. */
    void tookOver(int partition);

    /** The processor no longer has the partition; called from {@code close}. */
    void released(int partition);

    /**
     * To be called before anything is put for a record, and now and then. A process that stood still for long may have been taken for dead,
     * and its partitions may be with others who went on from there: what it puts then undoes what they have put.
     *
     * @throws org.apache.kafka.streams.errors.TaskMigratedException if it stood still since it took over: the partition
     *     is given back and asked for anew
     */
    void requireUnbroken(int partition);

    /** Everything that the current record changes has been put; called at the end of {@code process}. */
    void applied(ProcessorContext<?, ?> context);
}
