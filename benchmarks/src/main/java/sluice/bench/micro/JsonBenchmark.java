package sluice.bench.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import sluice.track.http.json.Json;
import sluice.track.http.json.JsonBody;

/** A track call's body in, an answer out; bare: the same bytes through Jackson's stream, with nothing kept. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JsonBenchmark {
    private static final JsonFactory BARE = new JsonFactory();
    private static final int SHORT = 256;

    private final byte[] body = """
            {"idempotencyKey":"4d0c9f0e-55a6-4ad6-8e5b-6a4a4b2c1f7d","ipAddress":"100.64.3.7","userAgent":"Mozilla/5.0 \
            (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0","deviceId":"device-1","email":"user-1@example.com",\
            "custom":{"amount":12.5,"payee":"payee-1"}}""".getBytes(UTF_8);

    private final Answer answer = new Answer(
            "4d0c9f0e-55a6-4ad6-8e5b-6a4a4b2c1f7d",
            "CHALLENGE_REQUIRED",
            "http://127.0.0.1:8080/challenge?t=" + "a".repeat(450),
            "a".repeat(450),
            false,
            List.of(),
            List.of("AUTHENTICATOR_APP", "EMAIL_OTP"),
            Map.of());

    /** As large as what a track call is answered with. */
    public record Answer(
            String idempotencyKey,
            String state,
            String url,
            String token,
            boolean isEnrolled,
            List<String> enrolledVerificationMethods,
            List<String> allowedVerificationMethods,
            Map<String, String> more) {}

    @Benchmark
    public int in(CpuTime cpu) {
        cpu.counts();
        var read = JsonBody.of(body, "application/json");
        var length = 0;
        for (var field : List.of("idempotencyKey", "ipAddress", "userAgent", "deviceId", "email")) {
            length += read.text(field, SHORT).map(String::length).orElse(0);
        }
        return length;
    }

    @Benchmark
    public int bareIn(CpuTime cpu) throws IOException {
        cpu.counts();
        var tokens = 0;
        try (var parser = BARE.createParser(body)) {
            while (parser.nextToken() != null) {
                tokens += parser.currentToken().isScalarValue() ? parser.getTextLength() : 0;
            }
        }
        return tokens;
    }

    @Benchmark
    public byte[] out(CpuTime cpu) throws IOException {
        cpu.counts();
        return Json.MAPPER.writeValueAsBytes(answer);
    }

    @Benchmark
    public byte[] bareOut(CpuTime cpu) throws IOException {
        cpu.counts();
        var bytes = new ByteArrayOutputStream(2048);
        try (var json = BARE.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("idempotencyKey", answer.idempotencyKey);
            json.writeStringField("state", answer.state);
            json.writeStringField("url", answer.url);
            json.writeStringField("token", answer.token);
            json.writeBooleanField("isEnrolled", answer.isEnrolled);
            json.writeArrayFieldStart("enrolledVerificationMethods");
            json.writeEndArray();
            json.writeArrayFieldStart("allowedVerificationMethods");
            for (var method : answer.allowedVerificationMethods) json.writeString(method);
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
