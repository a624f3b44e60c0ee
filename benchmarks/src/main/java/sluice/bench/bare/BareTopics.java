package sluice.bench.bare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The bare system's topics: as many partitions as Sluice's have. */
public final class BareTopics {
    public static final String EVENTS = "bare-events";
    public static final String TRANSITIONS = "bare-transitions";
    static final String DECISIONS = "bare-decisions";
    static final String REPLIES = "bare-replies";
    private static final int REPLY_PARTITIONS = 16;

    private BareTopics() {}

    static void create(Admin admin, int partitions) throws InterruptedException, ExecutionException {
        var wanted = new ArrayList<NewTopic>();
        for (var name : List.of(EVENTS, DECISIONS, TRANSITIONS)) wanted.add(new NewTopic(name, partitions, (short) 1));
        wanted.add(new NewTopic(REPLIES, REPLY_PARTITIONS, (short) 1));
        try {
            admin.createTopics(wanted).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) throw e;
        }
    }
}
