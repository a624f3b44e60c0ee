package sluice.runtime.audit.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Walks a partition beside what was signed of one chain of it. The first place where they part is told; behind it nothing
 * can be said of the same chain.
 */
public final class Checking {
    private final TreeMap<Long, Chain> ahead = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private Optional<Chain> chain = Optional.empty();
    private long agreedAt;
    private long verified;
    private long waiting;
    private long unverifiable;

    /** What is wrong, and between which offsets. */
    public record Finding(String what, long from, long to) {}

    /**
     * What was found.
     *
     * @param verified records that are as they were when they were signed
     * @param unsealed records behind the last checkpoint: nobody has vouched for them yet
     * @param unverifiable records between the log's beginning, which was cut, and the next checkpoint
     */
    public record Result(long verified, long unsealed, long unverifiable, List<Finding> findings) {
        public Result {
            findings = List.copyOf(findings);
        }

        public boolean isSound() {
            return findings.isEmpty();
        }
    }

    /**
     * Begins.
     *
     * @param checkpoints of one chain, one or more, whose signatures are good
     * @param beginning first offset that the log still has
     */
    public Checking(String topic, int partition, Collection<Chain> checkpoints, long beginning) {
        for (var checkpoint : checkpoints) {
            var other = ahead.putIfAbsent(checkpoint.to(), checkpoint);
            if (other != null && !other.equals(checkpoint)) {
                found("two checkpoints of one offset do not agree", checkpoint.to(), checkpoint.to());
            }
        }
        var from = ahead.firstEntry().getValue().from();
        agreedAt = from;
        if (from >= beginning) chain = Optional.of(Chain.begun(topic, partition, from));
        else agreedAt = beginning;
    }

    /** The next record of the partition. */
    public void take(Link record) {
        pass(record.offset());
        if (!findings.isEmpty()) return;
        if (chain.isEmpty()) unverifiable++;
        else if (record.offset() >= chain.get().to()) {
            chain = chain.map(before -> before.with(record));
            waiting++;
        }
    }

    /** Passes the checkpoints up to an offset: the chain must have their hashes, or goes on from one. */
    private void pass(long offset) {
        while (findings.isEmpty() && !ahead.isEmpty() && ahead.firstKey() <= offset) {
            var checkpoint = ahead.pollFirstEntry().getValue();
            if (chain.isPresent()) compare(chain.get(), checkpoint);
            else if (checkpoint.to() >= agreedAt) chain = Optional.of(checkpoint);
        }
    }

    private void compare(Chain ours, Chain theirs) {
        if (!ours.hash().equals(theirs.hash())) {
            found(difference(ours.records() - theirs.records()), agreedAt, theirs.to());
            return;
        }
        verified += waiting;
        waiting = 0;
        agreedAt = theirs.to();
    }

    private static String difference(long more) {
        if (more == 0) return "records were altered or moved";
        return more < 0 ? -more + " records are missing" : more + " records were put in";
    }

    private void found(String what, long from, long to) {
        findings.add(new Finding(what, from, to));
    }

    /** @param end offset behind the partition's last record */
    public Result finished(long end) {
        pass(end);
        if (findings.isEmpty() && !ahead.isEmpty()) found("the end is missing", end, ahead.lastKey());
        return new Result(verified, findings.isEmpty() ? waiting : 0, unverifiable, findings);
    }
}
