package sluice.track.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.track.mail.UnsentMailException.Reason;

/** Hands mails to the server, on a few threads of its own. Thread-safe. */
public final class Mailer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mailer.class);
    private static final int THREADS = 4;
    private static final int WAITING_MAX = 256;

    private final MailSettings settings;
    private final Session session;
    private final ThreadPoolExecutor senders = new ThreadPoolExecutor(
            THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING_MAX), Mailer::sendingThread);

    public Mailer(MailSettings settings) {
        this(settings, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /** @param encryption decides which certificates are trusted */
    Mailer(MailSettings settings, SSLSocketFactory encryption) {
        this.settings = settings;
        var properties = settings.properties();
        properties.put("mail.smtp.ssl.socketFactory", encryption);
        this.session = Session.getInstance(properties);
        senders.allowCoreThreadTimeOut(true);
    }

    private static Thread sendingThread(Runnable work) {
        var thread = new Thread(work, "sending-mail");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Sends a mail.
     *
     * @return completes when the server has taken it, or with {@link UnsentMailException} if it does not in time; never
     *     on a thread that sends
     */
    public CompletableFuture<Void> send(Mail mail) {
        var sent = new CompletableFuture<Void>();
        try {
            senders.execute(() -> hand(mail, sent));
        } catch (RejectedExecutionException e) {
            sent.completeExceptionally(e);
        }
        return sent.orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenCompleteAsync((done, fault) -> {
                    if (fault == null) return;
                    LOG.warn("A mail was not sent by {}:{}: {}", settings.host(), settings.port(), kind(fault));
                })
                .exceptionally(fault -> {
                    throw new UnsentMailException(reason(fault));
                });
    }

    private static Reason reason(Throwable fault) {
        var cause =
                fault instanceof CompletionException wrapped && wrapped.getCause() != null ? wrapped.getCause() : fault;
        if (!(cause instanceof SendFailedException failed) || isAboutTheSender(failed)) return Reason.UNREACHED;
        var invalid = failed.getInvalidAddresses();
        return invalid == null || invalid.length == 0 ? Reason.PUT_OFF : Reason.REFUSED;
    }

    private static boolean isAboutTheSender(SendFailedException failed) {
        return failed instanceof SMTPSendFailedException sent
                && sent.getCommand().startsWith("MAIL");
    }

    /** What went wrong, by its kinds alone: the server's words may have the address in them. */
    private static String kind(Throwable fault) {
        var cause = fault.getCause();
        var name = fault.getClass().getSimpleName();
        return cause == null || cause == fault ? name : name + ", " + kind(cause);
    }

    private void hand(Mail mail, CompletableFuture<Void> sent) {
        if (sent.isDone()) return; // it waited too long: nobody expects it any more
        try {
            hand(message(mail), sent);
        } catch (MessagingException | UnsupportedEncodingException | RuntimeException e) {
            sent.completeExceptionally(e);
        }
    }

    private void hand(MimeMessage message, CompletableFuture<Void> sent) throws MessagingException {
        try (var transport = session.getTransport("smtp")) {
            if (settings.login().isPresent()) {
                var login = settings.login().get();
                transport.connect(settings.host(), settings.port(), login.user(), login.password());
            } else transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
            sent.complete(null); // however the connection ends
        }
    }

    private MimeMessage message(Mail mail) throws MessagingException, UnsupportedEncodingException {
        var message = new MimeMessage(session);
        message.setFrom(new InternetAddress(settings.from().text(), mail.sender(), UTF_8.name()));
        message.setRecipient(
                Message.RecipientType.TO, new InternetAddress(mail.to().text(), true));
        message.setSubject(mail.subject(), UTF_8.name());
        message.setHeader("Auto-Submitted", "auto-generated"); // no absence note comes back (RFC 3834)
        var text = new MimeBodyPart();
        text.setText(mail.text(), UTF_8.name());
        var html = new MimeBodyPart();
        html.setText(mail.html(), UTF_8.name(), "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        return message;
    }

    @Override
    public void close() {
        senders.shutdown();
    }
}
