package sluice.track.mail;

import java.net.URI;
import sluice.track.http.ui.Html;

/**
 * The words of the mails, in English. A subject has no code in it: locked screens show subjects.
 *
 * @param brand whom the user deals with, for people
 */
public record Letter(EmailAddress to, String brand) {
    private static final String UNASKED =
            "If you did not ask for this, somebody may know your password: do not use this"
                    + " mail, and tell nobody what it says.";

    /** Carries a code that the user types. */
    public Mail withCode(String code) {
        return mail(
                "Your verification code",
                "Your verification code is:",
                code,
                "<p style=\"font-size:1.75rem;letter-spacing:.2em\"><strong>%s</strong></p>"
                        .formatted(Html.escaped(code)),
                "It is good for 10 minutes, once.");
    }

    /** Carries a link that the user opens. */
    public Mail withLink(URI link) {
        var target = Html.escaped(link.toString());
        return mail(
                "Confirm that it’s you",
                "Open this link to confirm that it’s you:",
                link.toString(),
                "<p><a href=\"%s\">Confirm that it’s you</a></p>".formatted(target),
                "It is good for 10 minutes, once.");
    }

    private Mail mail(String subject, String lead, String text, String html, String terms) {
        var heading = brand.replaceAll("\\p{Cntrl}", " ").strip();
        return new Mail(
                to,
                heading,
                subject,
                String.join("\r\n\r\n", heading, lead, text, terms, UNASKED) + "\r\n",
                """
                <!doctype html>
                <html lang="en"><body style="font-family:sans-serif">
                <p>%s</p><p>%s</p>%s<p>%s</p><p>%s</p>
                </body></html>
                """.formatted(
                        Html.escaped(heading), Html.escaped(lead), html, Html.escaped(terms), Html.escaped(UNASKED)));
    }
}
