package sluice.track.http.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The static files of the pre-built UI: just these, by name, read once. No path leads to any other file. */
public final class UiFiles {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final String IMAGE = "image/svg+xml";

    private final Map<String, UiFile> files = Stream.of(
                    file("challenge.css", STYLE),
                    file("challenge.js", SCRIPT),
                    file("api.js", SCRIPT),
                    file("host.js", SCRIPT),
                    file("redirect-url.js", SCRIPT),
                    file("icon.svg", IMAGE))
            .collect(Collectors.toUnmodifiableMap(UiFile::name, Function.identity()));

    /**
     * One of them.
     *
     * @param entityTag of its content, in quotes
     */
    public record UiFile(String name, String contentType, String text, String entityTag) {}

    /** The file of that name, empty if there is none. */
    public Optional<UiFile> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    private static UiFile file(String name, String contentType) {
        var text = text(name);
        return new UiFile(name, contentType, text, '"' + digest(text) + '"');
    }

    static String text(String name) {
        try (var in = UiFiles.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("The jar lacks " + name);
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-256", e);
        }
    }
}
