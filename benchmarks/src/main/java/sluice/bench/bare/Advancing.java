package sluice.bench.bare;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Looks for an action, writes it, and tells of it. */
final class Advancing implements Processor<String, byte[], String, byte[]> {
    static final String TRANSITIONS = "transitions";
    static final String REPLIES = "replies";

    @SuppressWarnings("NullAway.Init") // set by init, before the first record
    private ProcessorContext<String, byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, byte[]> actions;

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        this.context = context;
        this.actions = context.getStateStore(BareTopologies.ACTION);
    }

    @Override
    public void process(Record<String, byte[]> read) {
        var decision = read.value();
        var sizes = Envelope.sizes(decision);
        var key = read.key() + "/" + Envelope.action(decision);
        var known = actions.get(key);
        actions.put(key, Envelope.resized(known == null ? decision : known, sizes.action()));
        context.forward(read.withValue(Envelope.resized(decision, sizes.transition())), TRANSITIONS);
        if (!Envelope.isAwaited(decision)) return;
        var partition = String.valueOf(Envelope.replyPartition(decision));
        context.forward(new Record<>(partition, Envelope.resized(decision, sizes.reply()), read.timestamp()), REPLIES);
    }
}
