package sluice.deploy;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import javax.crypto.spec.SecretKeySpec;
import sluice.runtime.NodeSettings;
import sluice.track.TrackSettings;
import sluice.track.tenant.Credentials;
import sluice.track.totp.Base32;

/** Plays sign-up, sign-in, challenge and validation, step by step, against a running Sluice or one it starts itself. */
final class Demo {
    private static final TimeBasedOneTimePasswordGenerator APP = new TimeBasedOneTimePasswordGenerator();

    private static final int STEP_SECONDS = 30;
    private static final int STORY_SECONDS = 5;

    private final DemoClient client;
    private final String userId = "demo-" + UUID.randomUUID().toString().substring(0, 8);
    private int steps;

    private Demo(DemoClient client) {
        this.client = client;
    }

    static void play(NodeSettings node, TrackSettings track, LocalSettings local)
            throws IOException, InterruptedException, TimeoutException, InvalidKeyException {
        var scheme = track.tls().isPresent() ? "https" : "http";
        var told = track.publicUrl().orElseGet(() -> URI.create(scheme + "://127.0.0.1:" + track.httpPort()));
        var credentials = Credentials.of(track, node.dataDirectory());
        if (DemoClient.isLive(told)) {
            new Demo(new DemoClient(told, credentials)).play();
            return;
        }
        try (var installation = Installation.start(node, track, local, Installation.ALL)) {
            var url = installation.track().orElseThrow().publicUrl();
            new Demo(new DemoClient(url, credentials)).play();
        }
    }

    private void play() throws IOException, InterruptedException, InvalidKeyException {
        awaitTimeForTheStory();
        var secret = signUp();
        signIn(secret);
        changeTheOutcome();
        System.out.println(
                "\nThat was the whole story. What happened is on the log: topic sluice.challenge-transitions.");
    }

    /** The story uses the codes of two time steps; at the end of one the first would lapse before it is typed. */
    private static void awaitTimeForTheStory() throws InterruptedException {
        var left = STEP_SECONDS - Instant.now().getEpochSecond() % STEP_SECONDS;
        if (left <= STORY_SECONDS) Thread.sleep(Duration.ofSeconds(left).toMillis());
    }

    private byte[] signUp() throws IOException, InterruptedException, InvalidKeyException {
        step("A new user signs up: the backend tracks the action 'enroll'");
        var tracked = client.backend("POST", "/users/" + userId + "/actions/enroll", Map.of());
        show(tracked, "state", "isEnrolled");
        step("The user's client starts binding an authenticator app and shows the QR code");
        var enrolment = client.client("/client/user-authenticators/totp", tracked.get("token"), Map.of());
        show(enrolment, "uri");
        step("The user types the app's first code, and is enrolled");
        var secret = Base32.decode(enrolment.get("secret").textValue());
        var verified = client.client("/client/verify/totp", tracked.get("token"), code(secret, -1));
        show(verified, "isVerified");
        require(verified, "isVerified");
        return secret;
    }

    private void signIn(byte[] secret) throws IOException, InterruptedException, InvalidKeyException {
        step("The user signs in: the backend tracks 'signIn' and is told to challenge");
        var tracked = client.backend("POST", "/users/" + userId + "/actions/signIn", Map.of());
        show(tracked, "state", "isEnrolled", "enrolledVerificationMethods");
        step("A wrong code is refused");
        var token = tracked.get("token");
        var wrong = Map.<String, Object>of("verificationCode", "abcdef");
        show(client.client("/client/verify/totp", token, wrong), "isVerified", "failureReason");
        step("The app's current code is right");
        var verified = client.client("/client/verify/totp", token, code(secret, 0));
        show(verified, "isVerified");
        require(verified, "isVerified");
        step("The backend validates the new token: the challenge was met, the user may go on");
        var question = Map.<String, Object>of(
                "action", "signIn", "token", verified.path("accessToken").textValue());
        var validated = client.backend("POST", "/validate", question);
        show(validated, "isValid", "state", "verificationMethod");
        require(validated, "isValid");
    }

    private void changeTheOutcome() throws IOException, InterruptedException {
        step("An operator lets 'browse' pass without a challenge, over the management API");
        var actionCode = "browse-" + userId;
        var allow = Map.<String, Object>of("actionCode", actionCode, "defaultUserActionResult", "ALLOW");
        show(client.management("POST", "/management/action-configurations", allow), "defaultUserActionResult");
        step("The very next 'browse' is decided under the new configuration");
        show(client.backend("POST", "/users/" + userId + "/actions/" + actionCode, Map.of()), "state");
    }

    /** The code that the user's app shows, some time steps from now. */
    private static Map<String, Object> code(byte[] secret, int steps) throws InvalidKeyException {
        var at = Instant.now().plus(Duration.ofSeconds((long) STEP_SECONDS * steps));
        var key = new SecretKeySpec(secret, APP.getAlgorithm());
        return Map.of("verificationCode", APP.generateOneTimePasswordString(key, at, Locale.ROOT));
    }

    private void step(String what) {
        steps++;
        System.out.printf("%n%d. %s%n", steps, what);
    }

    private static void require(JsonNode answer, String field) {
        if (!answer.path(field).asBoolean()) throw new CommandFailedException("The story went wrong: no " + field);
    }

    private static void show(JsonNode answer, String... fields) {
        for (var field : fields) System.out.printf("     %-28s %s%n", field, answer.path(field));
        if (answer.has("error")) System.out.printf("     %s%n", answer);
    }
}
