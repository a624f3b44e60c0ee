package sluice.track.http.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A text that is the same for everybody until the next release.
 *
 * @param entityTag of its content, in quotes
 */
public record ServedFile(String name, String contentType, String text, String entityTag) {
    public static final String HTML = "text/html; charset=utf-8";
    public static final String SCRIPT = "text/javascript; charset=utf-8";
    public static final String STYLE = "text/css; charset=utf-8";

    /** A file with the tag of its content. */
    public static ServedFile of(String name, String contentType, String text) {
        return new ServedFile(name, contentType, text, '"' + digest(text) + '"');
    }

    /** A file of the jar, beside a class, with the tag of its content. */
    public static ServedFile beside(Class<?> owner, String name, String contentType) {
        return of(name, contentType, text(owner, name));
    }

    /** The text of a file of the jar, beside a class. */
    static String text(Class<?> owner, String name) {
        try (var in = owner.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("The jar lacks " + name);
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A name for what is in it, fit for a URL: another text has another. */
    public String version() {
        return entityTag.substring(1, entityTag.length() - 1);
    }

    /** Answers with it to who asks by its version: it may be kept, as another text has another URL. */
    public void answerForGood(Context context) {
        context.header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .contentType(contentType)
                .result(text);
    }

    /** Answers with it. It is asked for again each time: nobody works with another release's. */
    public void answer(Context context) {
        context.header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-cache")
                .header("ETag", entityTag);
        if (entityTag.equals(context.header("If-None-Match"))) context.status(304);
        else context.contentType(contentType).result(text);
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
