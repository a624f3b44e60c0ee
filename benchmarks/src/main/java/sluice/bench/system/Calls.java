package sluice.bench.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import sluice.bench.load.Call;
import sluice.bench.load.HttpLoad;
import sluice.bench.load.Loaded;

/** Makes calls one after the other, or many at once, until all are made. */
final class Calls {
    private static final Duration LONG = Duration.ofMinutes(10);

    private Calls() {}

    /** One call; its answer's body. */
    static byte[] one(InetSocketAddress address, byte[] request) throws IOException {
        var answer = new ByteArrayOutputStream();
        var call = Call.of(request, (status, body) -> answer.writeBytes(body));
        all(address, 1, of(List.of(call).iterator()));
        return answer.toByteArray();
    }

    /** All of them; each must be served. */
    static Loaded all(InetSocketAddress address, int connections, Supplier<Optional<Call>> calls) throws IOException {
        var loaded = HttpLoad.run(address, connections, calls, LONG);
        if (loaded.refused() > 0) throw new IllegalStateException(loaded.refused() + " calls were refused");
        return loaded;
    }

    static Supplier<Optional<Call>> of(Iterator<? extends Call> calls) {
        return () -> calls.hasNext() ? Optional.of(calls.next()) : Optional.empty();
    }
}
