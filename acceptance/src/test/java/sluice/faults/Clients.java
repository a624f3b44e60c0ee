package sluice.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import sluice.faults.history.Action;
import sluice.faults.history.Call;

/** What backends and users' clients ask of the ingresses; every request and answer is recorded. */
final class Clients {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final Duration GIVES_UP = Duration.ofMinutes(1);
    private static final int UNAVAILABLE = 503;
    private static final String BACKEND =
            "Basic " + Base64.getEncoder().encodeToString((Cluster.API_SECRET + ":").getBytes(UTF_8));

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final List<String> ingresses;
    private final LongSupplier clock;
    private final Queue<Call> history = new ConcurrentLinkedQueue<>();

    /** A request, before it is known when it is sent. */
    private record Wanted(
            Call.Kind kind,
            Action action,
            Optional<String> code,
            boolean isRight,
            HttpRequest.Builder request,
            String path) {}

    /** What came: the answer's body, empty where there was none. */
    record Told(int status, JsonNode body) {
        static final Told NOTHING = new Told(0, JSON.createObjectNode());

        boolean isOk() {
            return status == 200;
        }

        String text(String field) {
            return body.path(field).asText("");
        }
    }

    Clients(List<String> ingresses, LongSupplier clock) {
        this.ingresses = List.copyOf(ingresses);
        this.clock = clock;
    }

    Told track(int ingress, Action action) {
        var body = Map.of("idempotencyKey", action.idempotencyKey());
        return until(
                ingress,
                backend(
                        Call.Kind.TRACK,
                        action,
                        "POST",
                        "/users/" + action.userId() + "/actions/" + action.code(),
                        body));
    }

    Told enroll(int ingress, Action action, String token) {
        return until(
                ingress,
                client(
                        Call.Kind.ENROLL,
                        action,
                        Optional.empty(),
                        false,
                        token,
                        "/client/user-authenticators/totp",
                        Map.of()));
    }

    /** A code that is sent again because nobody answered counts once all the same; its second answer may then say no. */
    Told verify(int ingress, Action action, String token, String code, boolean isRight) {
        var wanted = client(
                Call.Kind.VERIFY,
                action,
                Optional.of(code),
                isRight,
                token,
                "/client/verify/totp",
                Map.of("verificationCode", code));
        return until(ingress, wanted);
    }

    Told validate(int ingress, Action action, String token) {
        return until(ingress, backend(Call.Kind.VALIDATE, action, "POST", "/validate", Map.of("token", token)));
    }

    Told read(int ingress, Action action) {
        var path = "/users/" + action.userId() + "/actions/" + action.code() + "/" + action.idempotencyKey();
        return until(ingress, backend(Call.Kind.READ, action, "GET", path, Map.of()));
    }

    private static Wanted backend(Call.Kind kind, Action action, String method, String path, Map<String, String> body) {
        return new Wanted(kind, action, Optional.empty(), false, request(method, BACKEND, body), path);
    }

    private static Wanted client(
            Call.Kind kind,
            Action action,
            Optional<String> code,
            boolean isRight,
            String token,
            String path,
            Map<String, String> body) {
        return new Wanted(kind, action, code, isRight, request("POST", "Bearer " + token, body), path);
    }

    private static HttpRequest.Builder request(String method, String authorization, Map<String, String> body) {
        try {
            var content = method.equals("GET")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(JSON.writeValueAsString(body));
            return HttpRequest.newBuilder()
                    .timeout(PATIENCE)
                    .header("Authorization", authorization)
                    .header("Content-Type", "application/json")
                    .method(method, content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks one ingress and the other in turn until one answers; {@link Told#NOTHING} in the end. */
    private Told until(int ingress, Wanted wanted) {
        var since = clock.getAsLong();
        for (var next = ingress; ; next++) {
            var told = once(next, wanted, since);
            if (told.status() != 0 && told.status() != UNAVAILABLE) return told;
            if (clock.getAsLong() - since > GIVES_UP.toNanos()) return Told.NOTHING;
            rest();
        }
    }

    private static void rest() {
        try {
            Thread.sleep(BETWEEN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Told once(int ingress, Wanted wanted, long since) {
        var begun = clock.getAsLong();
        var told = sent(ingress, wanted);
        history.add(new Call(
                wanted.kind(),
                wanted.action(),
                wanted.code(),
                wanted.isRight(),
                since,
                begun,
                clock.getAsLong(),
                answer(told)));
        return told;
    }

    private Told sent(int ingress, Wanted wanted) {
        try {
            var url = ingresses.get(ingress % ingresses.size()) + wanted.path();
            var response =
                    http.send(wanted.request().copy().uri(URI.create(url)).build(), BodyHandlers.ofByteArray());
            return new Told(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            return Told.NOTHING; // nobody knows whether it took effect
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Call.Answer> answer(Told told) {
        if (told.status() == 0) return Optional.empty();
        var state = Optional.of(told.text("state")).filter(text -> !text.isEmpty());
        var isGood = told.body().path("isVerified").asBoolean()
                || told.body().path("isValid").asBoolean();
        return Optional.of(new Call.Answer(told.status(), state, isGood));
    }

    List<Call> history() {
        return List.copyOf(history);
    }
}
