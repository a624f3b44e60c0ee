package sluice.track.http.console;

import static sluice.track.http.ui.ServedFile.HTML;
import static sluice.track.http.ui.ServedFile.SCRIPT;
import static sluice.track.http.ui.ServedFile.STYLE;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.track.http.Refusal;
import sluice.track.http.ui.ServedFile;

/**
 * {@code GET /console} and {@code GET /console/{file}}. For everybody: there is nothing of an installation in them. What
 * the page shows it asks the management API for, with the secret that the operator gives it.
 */
public final class ConsoleRoutes {
    /**
     * The page runs and calls what is this server's own, is framed by nobody, and sends no form: the secret has no way
     * into a URL even where its script does not run. Trusted types: no text that it shows can become markup.
     */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'";

    private final ServedFile page = file("console.html", HTML);

    private final Map<String, ServedFile> files = Stream.of(
                    file("console.css", STYLE),
                    file("console.js", SCRIPT),
                    file("management.js", SCRIPT),
                    file("element.js", SCRIPT),
                    file("status.js", SCRIPT),
                    file("rules.js", SCRIPT),
                    file("backtest.js", SCRIPT))
            .collect(Collectors.toUnmodifiableMap(ServedFile::name, Function.identity()));

    private static ServedFile file(String name, String contentType) {
        return ServedFile.beside(ConsoleRoutes.class, name, contentType);
    }

    /** Adds the routes. */
    public void addTo(RoutesConfig routes) {
        routes.get("/console", this::page);
        routes.get("/console/{file}", this::file);
    }

    private void page(Context context) {
        context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin");
        page.answer(context);
    }

    private void file(Context context) {
        var file = files.get(context.pathParam("file"));
        if (file == null) throw Refusal.NOT_FOUND.because("No such file.");
        file.answer(context);
    }
}
