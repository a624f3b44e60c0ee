package sluice.track.http.ui;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The static files of the pre-built UI: just these, by name, read once. No path leads to any other file. */
public final class UiFiles {
    private static final String IMAGE = "image/svg+xml";

    /** The modules that the page's own script is made of, in the order of loading. */
    static final List<String> MODULES = List.of(
            "host.js",
            "redirect-url.js",
            "journey.js",
            "screen.js",
            "text.js",
            "api.js",
            "code-form.js",
            "copy.js",
            "email-code.js",
            "email-form.js",
            "email-link.js",
            "enrollment-choice.js",
            "method-choice.js",
            "methods.js",
            "passkey.js",
            "passkey-enrollment.js",
            "passkey-entry.js",
            "passkey-form.js",
            "recovery-code-entry.js",
            "recovery-codes.js",
            "settings.js",
            "totp-code-entry.js",
            "totp-enrollment.js");

    private final Map<String, ServedFile> files = Stream.concat(
                    Stream.of(
                            file("page.css", ServedFile.STYLE),
                            file("openapi.css", ServedFile.STYLE),
                            file("page.js", ServedFile.SCRIPT),
                            file("icon.svg", IMAGE)),
                    MODULES.stream().map(name -> file(name, ServedFile.SCRIPT)))
            .collect(Collectors.toUnmodifiableMap(ServedFile::name, Function.identity()));

    /** The file of that name, empty if there is none. */
    public Optional<ServedFile> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** A tenant's style sheet, loaded after the page's own. */
    public static ServedFile styleSheet(String text) {
        return ServedFile.of("theme.css", ServedFile.STYLE, text);
    }

    private static ServedFile file(String name, String contentType) {
        return ServedFile.beside(UiFiles.class, name, contentType);
    }

    static String text(String name) {
        return ServedFile.text(UiFiles.class, name);
    }
}
