package sluice.track.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * One partition's events of one tenant: delivered one after the other, each tried until it is. Thread-safe.
 *
 * <p>It ends only by being closed: an event that a receiver does not take holds up those after it in its partition. One
 * that is old by then is given up after an attempt that fails; each has at least that one. The wait after it is the
 * receiver's as ever, so that a receiver that is down for long loses few.
 */
final class Lane {
    private static final long NONE = -1;

    private final Function<WebhookEvent, CompletableFuture<Attempt>> send;
    private final InstantSource clock;
    private final DoubleSupplier chance;
    private final Duration giveUpAfter;
    private final GivenUp givenUp;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long done = NONE;
    private long committed = NONE;
    private Instant notBefore = Instant.MIN;
    private int failures;
    private boolean isSending;
    private boolean closed;

    /** A record; what tells this tenant of nothing waits for its turn all the same, so that offsets stay in order. */
    private record Waiting(long offset, Instant at, Optional<WebhookEvent> event) {}

    /** Hears of events that are tried no more. */
    interface GivenUp {
        void event(WebhookEvent event, long offset);
    }

    /**
     * @param send makes one attempt; never completes exceptionally
     * @param chance 0 up to 1, for each wait after a failure
     * @param giveUpAfter age of an event, by the time of its record, from which on an attempt that fails is its last
     */
    Lane(
            Function<WebhookEvent, CompletableFuture<Attempt>> send,
            InstantSource clock,
            DoubleSupplier chance,
            Duration giveUpAfter,
            GivenUp givenUp) {
        this.send = send;
        this.clock = clock;
        this.chance = chance;
        this.giveUpAfter = giveUpAfter;
        this.givenUp = givenUp;
    }

    /** Takes a record that was read; in the order of the log. */
    synchronized void add(long offset, Instant at, Optional<WebhookEvent> event) {
        waiting.add(new Waiting(offset, at, event));
    }

    /** Sends the next event, if its time has come. */
    void step() {
        next().ifPresent(event -> send.apply(event).thenAccept(attempt -> {
            ended(attempt);
            step();
        }));
    }

    private synchronized Optional<WebhookEvent> next() {
        if (isSending || closed) return Optional.empty();
        while (!waiting.isEmpty() && waiting.element().event().isEmpty()) pass();
        if (waiting.isEmpty() || clock.instant().isBefore(notBefore)) return Optional.empty();
        isSending = true;
        return waiting.element().event();
    }

    private synchronized void ended(Attempt attempt) {
        isSending = false;
        if (attempt.isDelivered()) {
            failures = 0;
            pass();
        } else {
            failures++;
            notBefore = clock.instant().plus(Backoff.after(failures, chance.getAsDouble(), attempt.asked()));
            if (isLast(attempt)) giveUp();
        }
    }

    /** An attempt that nobody was there for is none: the next receiver begins with what this one leaves. */
    private boolean isLast(Attempt attempt) {
        return attempt.end() != Attempt.End.UNADDRESSED && age().compareTo(giveUpAfter) >= 0;
    }

    private void giveUp() {
        var oldest = waiting.element();
        oldest.event().ifPresent(event -> givenUp.event(event, oldest.offset()));
        pass();
    }

    private void pass() {
        done = waiting.remove().offset() + 1;
    }

    /** Tries at once what waits after a failure: the receiver is another one now. */
    synchronized void hurry() {
        notBefore = Instant.MIN;
    }

    /** Sends nothing more; what is on its way may still arrive. */
    synchronized void close() {
        closed = true;
    }

    synchronized boolean isSending() {
        return isSending;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The offset to commit, that after the newest record that is done with; empty if it is committed already. */
    synchronized OptionalLong uncommitted() {
        return done == committed ? OptionalLong.empty() : OptionalLong.of(done);
    }

    /** Notes that an offset was committed. */
    synchronized void committed(long offset) {
        committed = offset;
    }

    /** How long the oldest event has waited; zero if none does. */
    synchronized Duration age() {
        return waiting.isEmpty()
                ? Duration.ZERO
                : Duration.between(waiting.element().at(), clock.instant());
    }
}
