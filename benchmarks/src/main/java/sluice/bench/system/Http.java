package sluice.bench.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Requests as they go over the wire. */
final class Http {
    private Http() {}

    static byte[] post(String path, String authorization, String body) {
        return ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + (authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n")
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    static String basic(String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((secret + ":").getBytes(UTF_8));
    }

    /** The text of a field of a JSON object; the first of that name. Enough for what is asked here. */
    static String text(byte[] json, String field) {
        var text = new String(json, UTF_8);
        var from = text.indexOf("\"" + field + "\":\"");
        if (from < 0) throw new IllegalStateException("No " + field + " in " + text);
        var begin = from + field.length() + 4;
        return text.substring(begin, text.indexOf('"', begin));
    }
}
