package sluice.track.mail;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import sluice.runtime.settings.Settings;

/**
 * Which server takes the mails, and in whose name.
 *
 * @param security how the connection is kept from others; a password goes over no other kind than an encrypted one
 * @param login empty: the server asks for none
 * @param from sender of every mail
 * @param timeout for each step of a delivery, and for all of them together
 * @param hasNotices whether users are told by mail when their authenticators change
 */
public record MailSettings(
        String host,
        int port,
        Security security,
        Optional<Login> login,
        EmailAddress from,
        Duration timeout,
        boolean hasNotices) {
    private static final Duration TIMEOUT_MAX = Duration.ofMinutes(1);

    /** How a connection to the server is kept from others. */
    public enum Security {
        /** Encrypted once both have said so, in the clear never (RFC 3207). */
        STARTTLS,
        /** Encrypted from the first byte (RFC 8314). */
        TLS,
        /** Not at all: for a relay on the same machine. */
        NONE
    }

    /** What opens the server. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login"; // a secret
        }
    }

    /** Reads these settings; the caller refuses when it has read all of its own. Empty: no mail is sent. */
    public static Optional<MailSettings> from(Settings settings) {
        var host = settings.text(
                "SLUICE_SMTP_HOST",
                "",
                "[^\\s/:]*|\\[[0-9a-fA-F:]+]",
                "a host name or address",
                "server that takes mails; unset: no codes or links by e-mail");
        var isWanted = settings.isSet("SLUICE_SMTP_HOST");
        var port = settings.number("SLUICE_SMTP_PORT", 587, 1, 65_535, "its port");
        var user = settings.text("SLUICE_SMTP_USER", "", "\\P{Cntrl}*", "a name", "user name there; unset: no login");
        var password = settings.secret("SLUICE_SMTP_PASSWORD", 1, "password there");
        var security = settings.read(
                "SLUICE_SMTP_SECURITY",
                Security.STARTTLS.name(),
                "one of " + Arrays.toString(Security.values()) + ", NONE only without a password",
                "how the connection is encrypted",
                Security::valueOf,
                chosen -> chosen != Security.NONE || password.isEmpty());
        var from = settings.read(
                "SLUICE_SMTP_FROM",
                "",
                "an e-mail address, if there is a host",
                "sender of the mails",
                EmailAddress::of,
                address -> address.isPresent() || !isWanted);
        var timeout = settings.read(
                "SLUICE_SMTP_TIMEOUT",
                "PT5S",
                "a duration above zero, PT1M at most",
                "how long a mail may take until the call that asked for it is refused",
                Duration::parse,
                chosen -> chosen.compareTo(Duration.ZERO) > 0 && chosen.compareTo(TIMEOUT_MAX) <= 0);
        var notices = settings.read(
                "SLUICE_NOTICE_MAILS",
                "true",
                "true or false",
                "whether users are told by mail when their authenticators change, if there is a host",
                text -> text.matches("true|false") ? Optional.of(Boolean.valueOf(text)) : Optional.<Boolean>empty(),
                Optional::isPresent);
        if (!isWanted
                || host.isEmpty()
                || port.isEmpty()
                || security.isEmpty()
                || timeout.isEmpty()
                || notices.isEmpty()) {
            return Optional.empty(); // or refused, when everything has been read
        }
        var login = user.filter(name -> !name.isEmpty()).map(name -> new Login(name, password.orElse("")));
        return from.flatMap(address -> address)
                .map(sender -> new MailSettings(
                        host.get(),
                        port.get(),
                        security.get(),
                        login,
                        sender,
                        timeout.get(),
                        notices.get().orElseThrow()));
    }

    /** By the names that Jakarta Mail reads. Without the bounds it would wait for ever. */
    Properties properties() {
        var millis = String.valueOf(timeout.toMillis());
        var properties = new Properties();
        properties.put("mail.smtp.host", host);
        properties.put("mail.smtp.port", String.valueOf(port));
        properties.put("mail.smtp.connectiontimeout", millis);
        properties.put("mail.smtp.timeout", millis);
        properties.put("mail.smtp.writetimeout", millis);
        properties.put("mail.smtp.auth", String.valueOf(login.isPresent()));
        properties.put("mail.smtp.ssl.enable", String.valueOf(security == Security.TLS));
        properties.put("mail.smtp.starttls.enable", String.valueOf(security == Security.STARTTLS));
        properties.put("mail.smtp.starttls.required", String.valueOf(security == Security.STARTTLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.localhost", from.domain()); // else the machine's name, which is nobody's business
        properties.put("mail.from", from.text()); // likewise, in the message's id
        return properties;
    }
}
