package sluice.rules.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.schemas.VerificationMethod;

/**
 * What was sent to the user. Of each method the newest code alone counts, and five in ten minutes are sent, so that
 * nobody's mailbox is flooded.
 *
 * @param newest one a method
 * @param sentAt the sendings of the last ten minutes, oldest first
 */
public record SentCodes(List<SentCode> newest, List<Instant> sentAt) {
    /** Nothing was sent yet. */
    public static final SentCodes NONE = new SentCodes(List.of(), List.of());

    static final int SENDINGS_MAX = 5;
    static final Duration SENDINGS_WINDOW = Duration.ofMinutes(10);

    public SentCodes {
        newest = List.copyOf(newest);
        sentAt = List.copyOf(sentAt);
    }

    /** When another code may be sent; empty: now. */
    Optional<Instant> retryAt(Instant at) {
        var recent = recent(at).toList();
        return recent.size() < SENDINGS_MAX
                ? Optional.empty()
                : Optional.of(recent.get(recent.size() - SENDINGS_MAX).plus(SENDINGS_WINDOW));
    }

    /** The code that counts for an action, if any of the method was sent for it; perhaps lapsed, perhaps spent. */
    Optional<SentCode> code(VerificationMethod method, ActionKey action) {
        return newest.stream()
                .filter(code -> code.method() == method && code.action().equals(action))
                .findFirst();
    }

    /** The newest code of a method, if it was accepted. */
    public Optional<SentCode> accepted(VerificationMethod method) {
        return newest.stream()
                .filter(code -> code.method() == method && code.isSpent())
                .findFirst();
    }

    /** With one more that is sent now: the one before of its method counts no more, for whatever action it was. */
    SentCodes sent(SentCode code) {
        var sendings = Stream.concat(recent(code.sentAt()), Stream.of(code.sentAt()))
                .sorted()
                .toList();
        var kept = sendings.subList(Math.max(0, sendings.size() - SENDINGS_MAX), sendings.size());
        return new SentCodes(replaced(code), kept);
    }

    /** With a code that was accepted. */
    SentCodes spent(SentCode code) {
        return new SentCodes(replaced(code.spent()), sentAt);
    }

    private List<SentCode> replaced(SentCode code) {
        var others = newest.stream().filter(each -> each.method() != code.method());
        return Stream.concat(others, Stream.of(code)).toList();
    }

    /** Without what is too old for anybody to ask about. */
    SentCodes forget(Instant at) {
        return new SentCodes(
                newest.stream()
                        .filter(code -> at.isBefore(code.sentAt().plus(User.RECENT_ACTIONS_AGE)))
                        .toList(),
                recent(at).toList());
    }

    private Stream<Instant> recent(Instant at) {
        return sentAt.stream().filter(sending -> sending.isAfter(at.minus(SENDINGS_WINDOW)));
    }
}
