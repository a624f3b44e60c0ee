package sluice.track.delivery;

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
 * One partition's events: delivered one after the other, each tried until it is. Thread-safe.
 *
 * <p>It ends only by being closed: an event that a receiver does not take holds up those after it in its partition, until
 * it is given up after an attempt that fails; each has at least that one. The wait after it is the receiver's as ever, so
 * that a receiver that is down for long loses few.
 *
 * @param <E> an event
 */
final class Lane<E> {
    private static final long NONE = -1;

    private final Function<E, CompletableFuture<Attempt>> send;
    private final InstantSource clock;
    private final DoubleSupplier chance;
    private final Patience patience;
    private final GivenUp<E> givenUp;
    private final Deque<Waiting<E>> waiting = new ArrayDeque<>();
    private long done = NONE;
    private long committed = NONE;
    private Instant notBefore = Instant.MIN;
    private int failures;
    private int tries;
    private boolean isSending;
    private boolean closed;

    /** A record; what tells of nothing waits for its turn all the same, so that offsets stay in order. */
    private record Waiting<E>(long offset, Instant at, Optional<E> event) {}

    /** Knows when to let an event go. */
    interface Patience {
        /**
         * @param attempt one that failed
         * @param tries how many the event has had, from 1
         * @param age of the event, by the time of its record
         */
        boolean isLast(Attempt attempt, int tries, Duration age);
    }

    /** Hears of events that are tried no more. */
    interface GivenUp<E> {
        void event(E event, long offset);
    }

    /**
     * @param send makes one attempt; never completes exceptionally
     * @param chance 0 up to 1, for each wait after a failure
     */
    Lane(
            Function<E, CompletableFuture<Attempt>> send,
            InstantSource clock,
            DoubleSupplier chance,
            Patience patience,
            GivenUp<E> givenUp) {
        this.send = send;
        this.clock = clock;
        this.chance = chance;
        this.patience = patience;
        this.givenUp = givenUp;
    }

    /** Takes a record that was read; in the order of the log. */
    synchronized void add(long offset, Instant at, Optional<E> event) {
        waiting.add(new Waiting<>(offset, at, event));
    }

    /** Sends the next event, if its time has come. */
    void step() {
        next().ifPresent(event -> send.apply(event).thenAccept(attempt -> {
            ended(attempt);
            step();
        }));
    }

    private synchronized Optional<E> next() {
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
            tries++;
            notBefore = clock.instant().plus(Backoff.after(failures, chance.getAsDouble(), attempt.asked()));
            if (patience.isLast(attempt, tries, age())) giveUp();
        }
    }

    private void giveUp() {
        var oldest = waiting.element();
        oldest.event().ifPresent(event -> givenUp.event(event, oldest.offset()));
        pass();
    }

    private void pass() {
        tries = 0;
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
