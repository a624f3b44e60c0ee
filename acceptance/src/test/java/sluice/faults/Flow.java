package sluice.faults;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.crypto.spec.SecretKeySpec;
import sluice.faults.history.Action;
import sluice.track.totp.Base32;

/** What one user goes through: enrols an app, answers challenges rightly and wrongly, and tries a code twice. */
final class Flow {
    private static final TimeBasedOneTimePasswordGenerator APP = new TimeBasedOneTimePasswordGenerator();
    private static final int STEP_SECONDS = 30;

    private final Clients clients;
    private final String userId = "user-" + UUID.randomUUID();
    private final int here;
    private final int there;

    /** @param ingress that the user's backend prefers; some calls go to the other */
    Flow(Clients clients, int ingress) {
        this.clients = clients;
        this.here = ingress;
        this.there = ingress + 1;
    }

    /** Goes through it all; ends early where an answer stays away. */
    void run() {
        var secret = enrolled();
        if (secret.isEmpty()) return;
        signIn(secret);
        pay(secret);
        neverAnswered();
    }

    private Action action(String code) {
        return new Action(userId, code, UUID.randomUUID().toString());
    }

    /** The app's secret, in base32; nothing where the enrolment's answer stayed away. */
    private String enrolled() {
        var action = action("enroll");
        var token = clients.track(here, action).text("token");
        var secret = clients.enroll(there, action, token).text("secret");
        if (secret.isEmpty()) return "";
        var isEnrolled = clients.verify(here, action, token, code(secret, -1), true)
                .body()
                .path("isVerified")
                .asBoolean();
        clients.read(there, action);
        return isEnrolled ? secret : "";
    }

    /** One key at once on both ingresses; a wrong code; then one right code at once on both. */
    private void signIn(String secret) {
        var action = action("signIn");
        var other = CompletableFuture.supplyAsync(() -> clients.track(there, action));
        var token = clients.track(here, action).text("token");
        other.join();
        clients.verify(here, action, token, wrong(secret), false);
        var code = code(secret, 0);
        var twin = CompletableFuture.supplyAsync(() -> clients.verify(there, action, token, code, true));
        clients.verify(here, action, token, code, true);
        clients.validate(there, action, token);
        twin.join();
        clients.read(here, action);
    }

    /** The code that signed in must not pay; the next one does. */
    private void pay(String secret) {
        var action = action("pay");
        var token = clients.track(there, action).text("token");
        clients.verify(here, action, token, code(secret, 0), true);
        clients.validate(here, action, token);
        clients.verify(there, action, token, code(secret, 1), true);
        clients.validate(here, action, token);
        clients.read(there, action);
    }

    private void neverAnswered() {
        var action = action("withdraw");
        var token = clients.track(here, action).text("token");
        clients.validate(there, action, token);
        clients.read(here, action);
    }

    private static String code(String secret, int steps) {
        try {
            var key = new SecretKeySpec(Base32.decode(secret), APP.getAlgorithm());
            return APP.generateOneTimePasswordString(
                    key, Instant.now().plusSeconds((long) STEP_SECONDS * steps), Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }

    /** A code that the app shows at no time near. */
    private static String wrong(String secret) {
        for (var candidate = 0; ; candidate++) {
            var code = String.format(Locale.ROOT, "%06d", candidate);
            var isShown = false;
            for (var step = -3; step <= 3; step++) isShown |= code(secret, step).equals(code);
            if (!isShown) return code;
        }
    }
}
