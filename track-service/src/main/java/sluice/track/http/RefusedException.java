package sluice.track.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call is refused; the one who called is to be told why. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final transient @Nullable Duration retryAfter;

    RefusedException(Refusal refusal, String description, @Nullable Duration retryAfter) {
        super(description, null, false, false);
        this.refusal = refusal;
        this.retryAfter = retryAfter;
    }

    public Refusal refusal() {
        return refusal;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    String description() {
        return String.valueOf(getMessage());
    }
}
