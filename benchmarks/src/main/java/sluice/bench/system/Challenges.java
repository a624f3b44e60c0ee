package sluice.bench.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;
import sluice.bench.load.Call;
import sluice.track.totp.Base32;

/**
 * Users with an authenticator app whose secret is known here, and open challenges of theirs. A code counts once: a user
 * enrols with the code of the step before, answers with this one's, and then waits for the next step.
 */
final class Challenges {
    private static final HmacOneTimePasswordGenerator APP = new HmacOneTimePasswordGenerator();
    private static final int STEP_SECONDS = 30;
    private static final int CONNECTIONS = 32;

    private final InetSocketAddress sluice;
    private final List<Person> people = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();

    private static final class Person {
        final String userId;
        String token = "";
        String secret = "";
        long answered;

        Person(String userId) {
            this.userId = userId;
        }

        private static long step() {
            return Instant.now().getEpochSecond() / STEP_SECONDS;
        }

        /** The next step to answer with: this at the earliest, as it may be the one before when the code is judged. */
        long next() {
            return Math.max(answered + 1, step());
        }

        boolean hasCode() {
            return next() <= step(); // one ahead would be learned as the clock of the app
        }

        String code() {
            return code(next());
        }

        /** Leaves this step's code for an answer. */
        String previousCode() {
            return code(step() - 1);
        }

        private String code(long step) {
            answered = step;
            try {
                var key = new SecretKeySpec(Base32.decode(secret), APP.getAlgorithm());
                return APP.generateOneTimePasswordString(key, answered, Locale.ROOT);
            } catch (InvalidKeyException e) {
                throw new AssertionError(e);
            }
        }
    }

    private record Open(Person person, String token) {}

    private interface Asking {
        Call of(Person person);
    }

    Challenges(InetSocketAddress sluice) {
        this.sluice = sluice;
    }

    /** Enrols so many users, each with a code of the step before this. */
    void enroll(int users, String prefix) throws IOException {
        var added = new ArrayList<Person>();
        for (var each = 0; each < users; each++) added.add(new Person(prefix + "-" + each));
        all(
                added,
                person -> Call.of(
                        Tenant.track(person.userId, "enroll", "{}"),
                        (status, body) -> person.token = Http.text(body, "token")));
        all(
                added,
                person -> Call.of(
                        Tenant.enroll(person.token), (status, body) -> person.secret = Http.text(body, "secret")));
        all(added, person -> Call.of(Tenant.verify(person.token, person.previousCode()), (status, body) -> {}));
        people.addAll(added);
    }

    /** Opens a challenge for each user who has a code to answer it with, until there are so many. */
    void open(int challenges) throws IOException {
        var missing = Math.max(0, challenges - open.size());
        var asked = people.stream().filter(Person::hasCode).limit(missing).toList();
        all(
                asked,
                person -> Call.of(
                        Tenant.track(person.userId, Tenant.ACTION, Tenant.trackBody(0, "sign-in-" + System.nanoTime())),
                        (status, body) -> open.add(new Open(person, Http.text(body, "token")))));
    }

    private void all(List<Person> those, Asking asking) throws IOException {
        Calls.all(sluice, CONNECTIONS, Calls.of(those.stream().map(asking::of).iterator()));
    }

    /** How many are open. */
    int left() {
        return open.size();
    }

    /** Answers to open challenges, each with a code of its own; none when there are no more. */
    Supplier<Optional<Call>> answers() {
        return () -> {
            var next = open.poll();
            while (next != null && !next.person.hasCode()) next = open.poll(); // answered another of theirs
            if (next == null) return Optional.empty();
            return Optional.of(Call.of(Tenant.verify(next.token, next.person.code()), Challenges::requireVerified));
        };
    }

    private static void requireVerified(int status, byte[] body) {
        if (status != 200) return; // counted by its status
        var text = new String(body, UTF_8);
        if (!text.contains("\"isVerified\":true")) throw new IllegalStateException("A right code was refused: " + text);
    }

    /** Validations without end of some challenges, open or not. */
    Supplier<Optional<Call>> validations() {
        var tokens = people.stream().map(person -> person.token).toList();
        var next = new int[1];
        return () -> {
            var request = Tenant.validate(tokens.get(next[0]++ % tokens.size()));
            return Optional.of(() -> request);
        };
    }
}
