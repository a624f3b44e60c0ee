package sluice.track.mail;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address that a mail can be sent to: a dot-atom (RFC 5322 section 3.4.1) at a host name, with the bounds on their
 * length (RFC 5321 section 4.5.3.1). It has no blank, no line break and no list in it, so it can't add to a header (E6). Quoted
 * local parts and addresses beyond ASCII are not taken.
 */
public record EmailAddress(String text) {
    public static final int LENGTH_MAX = 254;

    private static final Pattern SANE = Pattern.compile("(?=.{1,64}@)"
            + "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+([.][a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+)*"
            + "@[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?([.][a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");

    public EmailAddress {
        if (!isSane(text)) throw new IllegalArgumentException("Not an e-mail address");
    }

    /** The address that a text is; empty if it is none. */
    public static Optional<EmailAddress> of(String text) {
        return isSane(text) ? Optional.of(new EmailAddress(text)) : Optional.empty();
    }

    private static boolean isSane(String text) {
        return text.length() <= LENGTH_MAX && SANE.matcher(text).matches();
    }

    /** What is behind the @. */
    String domain() {
        return text.substring(text.indexOf('@') + 1);
    }

    @Override
    public String toString() {
        return "EmailAddress"; // personal data
    }
}
