package sluice.track.webhook;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** A response's body, which nobody reads: let pass up to a bound, so that the connection serves again, then cut off. */
final class Ignored implements BodySubscriber<Boolean> {
    private static final int BYTES_MAX = 16 * 1024;

    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private @Nullable Subscription subscription;
    private long bytes;

    @Override
    public CompletionStage<Boolean> getBody() {
        return ended;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) bytes += buffer.remaining();
        if (bytes <= BYTES_MAX) return;
        if (subscription != null) subscription.cancel();
        ended.complete(false);
    }

    /** The status was there before the body, and is all that counts. */
    @Override
    public void onError(Throwable fault) {
        ended.complete(false);
    }

    @Override
    public void onComplete() {
        ended.complete(true);
    }
}
