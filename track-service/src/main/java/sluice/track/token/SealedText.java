package sluice.track.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import sluice.runtime.seal.SealBrokenException;
import sluice.runtime.seal.Sealing;

/**
 * A few texts as one that goes into a URL and comes back: whoever has it can neither read nor change it. Thread-safe.
 *
 * @param purpose what it is good for; a text of another purpose is no good here
 * @param size how many texts are in it
 */
public record SealedText(Sealing sealing, String purpose, int size) {
    /** Holds the longest ids, in base64. */
    private static final int LENGTH_MAX = 8192;

    /** Seals texts, as many as are expected. */
    public String of(String... parts) {
        if (parts.length != size) throw new IllegalArgumentException(size + " parts, not " + parts.length);
        var plain = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(plain)) {
            for (var part : parts) {
                var bytes = part.getBytes(UTF_8);
                out.writeShort(bytes.length);
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory takes all
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealing.seal(plain.toByteArray(), purpose));
    }

    /** The texts that were sealed; empty if it is none of ours, of another purpose, or was altered. */
    public Optional<List<String>> open(String text) {
        if (text.length() > LENGTH_MAX) return Optional.empty();
        try {
            var plain = sealing.open(Base64.getUrlDecoder().decode(text), purpose);
            var in = new DataInputStream(new ByteArrayInputStream(plain));
            var parts = new ArrayList<String>();
            for (var i = 0; i < size; i++) parts.add(new String(in.readNBytes(in.readUnsignedShort()), UTF_8));
            return Optional.of(List.copyOf(parts));
        } catch (SealBrokenException | IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }
}
