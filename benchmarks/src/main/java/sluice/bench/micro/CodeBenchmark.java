package sluice.bench.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import sluice.rules.domain.totp.ClockDrift;
import sluice.rules.domain.totp.TotpWindow;

/** A code of an authenticator app against the window of three steps; bare: the three HMACs that it takes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodeBenchmark {
    private static final String MAC = "HmacSHA1";
    private static final int STEPS = 3;

    private final byte[] secret = "12345678901234567890".getBytes(US_ASCII);
    private final TotpWindow window = new TotpWindow(1);
    private long time = 1_700_000_000;

    @Benchmark
    public OptionalLong sluice(CpuTime cpu) {
        cpu.counts();
        return window.match(secret, "123456", Instant.ofEpochSecond(time++), ClockDrift.NONE);
    }

    @Benchmark
    public int bare(CpuTime cpu) throws GeneralSecurityException {
        cpu.counts();
        var mac = Mac.getInstance(MAC);
        mac.init(new SecretKeySpec(secret, MAC));
        var sum = 0;
        for (var step = 0; step < STEPS; step++) {
            sum += mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(time++).array())[0];
        }
        return sum;
    }
}
