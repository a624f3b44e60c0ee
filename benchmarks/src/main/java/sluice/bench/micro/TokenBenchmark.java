package sluice.bench.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import sluice.bench.process.Folders;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.ConfigurationHistory;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.domain.Sealed;
import sluice.track.token.BadTokenException;
import sluice.track.token.Token;
import sluice.track.token.TokenKeys;
import sluice.track.token.Tokens;

/** A challenge token signed, and checked; bare: the one HMAC over its text that each takes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokenBenchmark {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final String KEY_ID = "the-only-key";
    private static final String MAC = "HmacSHA256";
    private static final Token TOKEN = new Token("acme", "user-1", "signIn", "key-1", Set.of());

    private final ConfigurationHistory history = new ConfigurationHistory();
    private final byte[] key =
            "a key of thirty-two bytes, no less".substring(0, 32).getBytes(US_ASCII);

    @SuppressWarnings("NullAway.Init") // set before the first call
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Tokens tokens;

    @SuppressWarnings("NullAway.Init")
    private String signed;

    @Setup(Level.Trial)
    public void start() throws IOException {
        folder = Files.createTempDirectory("sluice-bench");
        var sealing = Keyset.open(folder);
        var sealed = new Sealed(sealing.seal(key, TokenKeys.SEALED_FOR, KEY_ID));
        var setting = new Setting.TokenKey(sealed, Instant.EPOCH, Optional.empty());
        history.apply(new Change(
                "change",
                Piece.tokenKey(KEY_ID),
                0,
                Instant.EPOCH,
                Author.commandLine("benchmark", "run"),
                Optional.of(setting)));
        tokens = new Tokens(new TokenKeys(configuration(), sealing), InstantSource.system());
        signed = tokens.sign(TOKEN, LIFETIME, null);
    }

    private ConfigurationSource configuration() {
        return new ConfigurationSource() {
            @Override
            public ConfigurationView newest() {
                return history.newest();
            }

            @Override
            public ConfigurationView at(long version) {
                return history.at(version);
            }
        };
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException {
        Folders.delete(folder);
    }

    @Benchmark
    public String sign(CpuTime cpu) {
        cpu.counts();
        return tokens.sign(TOKEN, LIFETIME, null);
    }

    @Benchmark
    public Token check(CpuTime cpu) throws BadTokenException {
        cpu.counts();
        return tokens.check(signed);
    }

    @Benchmark
    public byte[] bare(CpuTime cpu) throws GeneralSecurityException {
        cpu.counts();
        var mac = Mac.getInstance(MAC);
        mac.init(new SecretKeySpec(key, MAC));
        return mac.doFinal(signed.getBytes(US_ASCII));
    }
}
