package sluice.track.http.ui;

/** HTML of texts that could be anything. */
public final class Html {
    private Html() {}

    /** Safe as text and in a double-quoted attribute. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
