package sluice.bench.bare;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Reads a user's record, writes one as large as Sluice's, and tells a decision of which nothing is decided. */
final class Deciding implements Processor<String, byte[], String, byte[]> {
    @SuppressWarnings("NullAway.Init") // set by init, before the first record
    private ProcessorContext<String, byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, byte[]> users;

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        this.context = context;
        this.users = context.getStateStore(BareTopologies.USER);
    }

    @Override
    public void process(Record<String, byte[]> read) {
        var sizes = Envelope.sizes(read.value());
        var known = users.get(read.key());
        users.put(read.key(), Envelope.resized(known == null ? read.value() : known, sizes.user()));
        context.forward(read.withValue(Envelope.resized(read.value(), sizes.decision())));
    }
}
