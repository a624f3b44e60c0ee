package sluice.track.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import sluice.fuzz.Acme;
import sluice.fuzz.Choices;
import sluice.fuzz.Kafkaless;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.runtime.seal.Glass;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.wire.ReleasedSchemas;
import sluice.track.passkey.PasskeyChallenge;
import sluice.track.session.AccessTokens;
import sluice.track.session.RefreshTokens;
import sluice.track.session.SessionKeys;

/**
 * Tokens of every kind: good, or bad with a reason. The keys are known here, and seals are of glass, so that what is
 * inside is tried as well as what is around it.
 */
public final class TokenFuzz {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final byte[] KEY = "a key of thirty-two bytes, known".getBytes(UTF_8);
    private static final byte[] HEADER = "{\"alg\":\"HS256\",\"kid\":\"one\"}".getBytes(UTF_8);
    private static final Sealing SEALING = Glass.sealing();

    /** For what nobody but Sluice can have written: no more than its form is checked. */
    private static final Sealing LOCKED = locked();

    private static final ConfigurationSource CONFIGURATION =
            Acme.with(Piece.tokenKey("one"), new Setting.TokenKey(new Sealed(KEY), NOW, Optional.empty()));
    private static final Tokens TOKENS = new Tokens(new TokenKeys(CONFIGURATION, SEALING), () -> NOW);
    private static final AccessTokens ACCESS_TOKENS = new AccessTokens(
            new SessionKeys(CONFIGURATION, SEALING), () -> URI.create("https://sluice.example"), () -> NOW);
    private static final RefreshTokens REFRESH_TOKENS = new RefreshTokens(SEALING, ReleasedSchemas.load(), () -> NOW);
    private static final SealedText LINKS = new SealedText(SEALING, "magic-link", 6);

    private TokenFuzz() {}

    private static Sealing locked() {
        try {
            return Keyset.open(Kafkaless.folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) {
        var choices = new Choices(input);
        var kind = choices.below(7);
        try {
            check(kind, choices);
        } catch (BadTokenException e) {
            // as promised
        }
    }

    private static void check(int kind, Choices choices) throws BadTokenException {
        switch (kind) {
            case 0 -> TOKENS.check(choices.restAsText());
            case 1 -> TOKENS.check(signed(HEADER, choices.rest()));
            case 2 -> TOKENS.check(signed(choices.bytes(choices.next()), choices.rest()));
            case 3 -> ACCESS_TOKENS.check(choices.restAsText());
            case 4 -> REFRESH_TOKENS.open(base64(choices.rest()));
            case 5 -> LINKS.open(base64(choices.rest()));
            default -> PasskeyChallenge.opened(LOCKED, "acme", choices.restAsText());
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String signed(byte[] header, byte[] payload) {
        var signed = base64(header) + "." + base64(payload);
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(ISO_8859_1)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every JDK has it", e);
        }
    }
}
