package sluice.track.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a text must be to travel through UTF-8 and come out the same. */
public final class Texts {
    private Texts() {}

    /** Whether every surrogate has its partner: a lone one would become a question mark, and two ids one. */
    public static boolean isWellFormed(String text) {
        return UTF_8.newEncoder().canEncode(text);
    }
}
