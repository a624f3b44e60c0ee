package sluice.track.mail;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import sluice.schemas.VerificationMethod;
import sluice.track.http.ui.Html;
import sluice.track.message.MessagingTemplates;
import sluice.track.message.Wording;

/**
 * A mail in the words that its reader is to see. A subject has no code in it: locked screens show subjects.
 *
 * @param wording the tenant's words, in the reader's language
 */
public record Letter(EmailAddress to, Wording wording) {
    private static final String CODE_SCREEN = "email-code-message";
    private static final String LINK_SCREEN = "email-link-message";
    private static final String NOTICE_SCREEN = "security-notice-message";
    private static final Pattern METHOD = Pattern.compile("\\{method}");
    private static final Pattern TIME = Pattern.compile("\\{time}");
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** Carries a code that the user types. */
    public Mail withCode(String code) {
        return mail(
                CODE_SCREEN,
                MessagingTemplates.CODE.matcher(text(CODE_SCREEN, "lead")).replaceAll(Matcher.quoteReplacement(code)),
                code,
                "<p style=\"font-size:1.75rem;letter-spacing:.2em\"><strong>%s</strong></p>"
                        .formatted(Html.escaped(code)));
    }

    /** Carries a link that the user opens. */
    public Mail withLink(URI link) {
        return mail(
                LINK_SCREEN,
                text(LINK_SCREEN, "lead"),
                link.toString(),
                "<p><a href=\"%s\">%s</a></p>"
                        .formatted(Html.escaped(link.toString()), Html.escaped(text(LINK_SCREEN, "primaryCta"))));
    }

    /**
     * Tells of changes to the reader's authenticators; has no secret and no link in it.
     *
     * @param news one or more
     * @param method of the authenticator that changed
     */
    public Mail withNews(List<News> news, VerificationMethod method, Instant at) {
        var named = text(NOTICE_SCREEN, named(method));
        var lead = news.stream()
                .map(each -> filled(text(NOTICE_SCREEN, each.role()), METHOD, named))
                .collect(Collectors.joining("\r\n"));
        var time = filled(text(NOTICE_SCREEN, "time"), TIME, MINUTES.format(at));
        return mail(NOTICE_SCREEN, lead, time, "<p>%s</p>".formatted(Html.escaped(time)));
    }

    private static String filled(String text, Pattern place, String with) {
        return place.matcher(text).replaceAll(Matcher.quoteReplacement(with));
    }

    private static String named(VerificationMethod method) {
        return switch (method) {
            case AUTHENTICATOR_APP -> "methodApp";
            case PASSKEY -> "methodPasskey";
            case EMAIL_OTP, EMAIL_MAGIC_LINK -> "methodEmail";
            case SMS, WHATSAPP -> "methodPhone";
            case RECOVERY_CODE -> "methodRecoveryCodes";
            case UNKNOWN, SECURITY_KEY, PUSH, VERIFF, IPROOV, IDVERSE, PALM_BIOMETRICS_RR, DEVICE -> "methodOther";
        };
    }

    private String text(String screen, String role) {
        return wording.text(screen + "." + role);
    }

    /** Without what could end a header's line (E6), as an override may have come before it was looked at. */
    private static String line(String text) {
        return CONTROL.matcher(text).replaceAll(" ").strip();
    }

    private Mail mail(String screen, String lead, String text, String html) {
        var heading = line(wording.brand());
        var terms = text(screen, "terms");
        var warning = text(screen, "warning");
        return new Mail(
                to,
                heading,
                line(text(screen, "subject")),
                String.join("\r\n\r\n", heading, lead, text, terms, warning) + "\r\n",
                """
                <!doctype html>
                <html lang="%s"><body style="font-family:sans-serif">
                <p>%s</p><p style="white-space:pre-line">%s</p>%s<p>%s</p><p>%s</p>
                </body></html>
                """.formatted(
                                Html.escaped(wording.language()),
                                Html.escaped(heading),
                                Html.escaped(lead),
                                html,
                                Html.escaped(terms),
                                Html.escaped(warning)));
    }
}
