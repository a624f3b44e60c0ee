package sluice.faults.history;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * One request of a client, and what came of it. Times are nanoseconds on the clock of the run.
 *
 * @param action that it is about
 * @param code the code that was sent; empty where the request has none
 * @param isRight whether the user's app has shown that code
 * @param begun when the request was sent
 * @param wantedSince when the client first sent it: it repeats what was not answered
 * @param ended when the answer was there, or nobody waited any more
 * @param answer empty: nobody knows whether the request took effect
 */
@RecordBuilder
public record Call(
        Kind kind,
        Action action,
        Optional<String> code,
        boolean isRight,
        long wantedSince,
        long begun,
        long ended,
        Optional<Answer> answer)
        implements CallBuilder.With {

    /** What a client asks for. */
    public enum Kind {
        TRACK,
        ENROLL,
        VERIFY,
        VALIDATE,
        READ
    }

    /**
     * An answer.
     *
     * @param state of the action, as a track call, a validation or a read tells it; empty where the answer has none
     * @param isGood a verification's {@code isVerified}, a validation's {@code isValid}
     */
    public record Answer(int status, Optional<String> state, boolean isGood) {}

    private static final int OK = 200;

    /** Whether the request was carried out: its effect must last. */
    public boolean isAcknowledged() {
        return answer.filter(told -> told.status() == OK).isPresent();
    }

    /** Whether the answer says that a code was right. */
    public boolean hasVerified() {
        return kind == Kind.VERIFY
                && isAcknowledged()
                && answer.filter(Answer::isGood).isPresent();
    }

    /** The state that an answer tells. */
    public Optional<String> state() {
        return isAcknowledged() ? answer.flatMap(Answer::state) : Optional.empty();
    }

    /** Whether the answer was there before another request was sent. */
    public boolean isBefore(Call later) {
        return ended < later.begun();
    }
}
