package sluice.track.http.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
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

    private final Map<String, ServedFile> files = Stream.of(
                    file("challenge.css", STYLE),
                    file("openapi.css", STYLE),
                    file("challenge.js", SCRIPT),
                    file("api.js", SCRIPT),
                    file("host.js", SCRIPT),
                    file("redirect-url.js", SCRIPT),
                    file("icon.svg", IMAGE))
            .collect(Collectors.toUnmodifiableMap(ServedFile::name, Function.identity()));

    /** The file of that name, empty if there is none. */
    public Optional<ServedFile> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    private static ServedFile file(String name, String contentType) {
        return ServedFile.of(name, contentType, text(name));
    }

    static String text(String name) {
        try (var in = UiFiles.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("The jar lacks " + name);
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
