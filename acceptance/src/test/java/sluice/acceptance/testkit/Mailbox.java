package sluice.acceptance.testkit;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A real mail server, and the mailboxes behind it. What was sent is there as soon as the call that asked for it ends. */
public final class Mailbox implements AutoCloseable {
    private static final Pattern CODE = Pattern.compile("^(\\d{6})\\s*$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("https?://\\S+/magic-link[?]t=(\\S+)");

    private final GreenMail server;
    private final int port;

    private Mailbox(GreenMail server) {
        this.server = server;
        this.port = server.getSmtp().getPort();
    }

    public static Mailbox open() {
        var server = new GreenMail(ServerSetup.SMTP.dynamicPort());
        server.start();
        return new Mailbox(server);
    }

    /** One at the same place, and empty, after this one was closed. */
    public Mailbox openedAgain() {
        var again = new GreenMail(new ServerSetup(port, null, ServerSetup.PROTOCOL_SMTP));
        again.start();
        return new Mailbox(again);
    }

    /** The same installation, sending its mails here; notices, which come by themselves, only if they are switched on. */
    public Sluice usedBy(Sluice sluice) {
        return sluice.with("SLUICE_NOTICE_MAILS", "false")
                .with("SLUICE_SMTP_HOST", "127.0.0.1")
                .with("SLUICE_SMTP_PORT", String.valueOf(port))
                .with("SLUICE_SMTP_SECURITY", "NONE")
                .with("SLUICE_SMTP_FROM", "no-reply@acme.example");
    }

    /** The texts of the mails to an address, oldest first. */
    public List<String> mails(String address) {
        return Arrays.stream(server.getReceivedMessages())
                .filter(mail -> isTo(mail, address))
                .map(Mailbox::text)
                .toList();
    }

    public int count() {
        return server.getReceivedMessages().length;
    }

    /** The code in the newest mail to an address. */
    public String code(String address) {
        return found(CODE, address);
    }

    /** What the link in the newest mail to an address carries. */
    public String link(String address) {
        return found(LINK, address);
    }

    private String found(Pattern what, String address) {
        var mails = mails(address);
        if (mails.isEmpty()) throw new AssertionError("No mail to " + address);
        var newest = mails.get(mails.size() - 1);
        var found = what.matcher(newest);
        if (!found.find()) throw new AssertionError("No " + what + " in " + newest);
        return found.group(1);
    }

    private static boolean isTo(MimeMessage mail, String address) {
        try {
            return mail.getAllRecipients()[0].toString().equals(address);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(MimeMessage mail) {
        try {
            return ((MimeMultipart) mail.getContent())
                    .getBodyPart(0)
                    .getContent()
                    .toString();
        } catch (MessagingException | IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
