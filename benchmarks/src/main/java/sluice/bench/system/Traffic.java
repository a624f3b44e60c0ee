package sluice.bench.system;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import sluice.bench.load.Call;

/** Calls without end, of as many users as a place has: each one some user's new action. */
final class Traffic {
    private static final AtomicLong KEYS = new AtomicLong();

    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private final int users;

    Traffic(int users) {
        this.users = users;
    }

    /** Track calls for Sluice. */
    Supplier<Optional<Call>> tracks() {
        return () -> {
            var user = random.nextInt(users);
            var request = Tenant.track("user-" + user, Tenant.ACTION, Tenant.trackBody(user, key()));
            return Optional.of(() -> request);
        };
    }

    /** As many bytes, for the bare system. */
    Supplier<Optional<Call>> bareTracks() {
        return () -> {
            var user = random.nextInt(users);
            var key = key();
            var request = Http.post("/users/user-" + user + "/actions/" + key, "", Tenant.trackBody(user, key));
            return Optional.of(() -> request);
        };
    }

    private static String key() {
        return "key-" + KEYS.incrementAndGet();
    }
}
