package sluice.track.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import sluice.runtime.audit.domain.Actor;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.Authenticator;
import sluice.schemas.EnrollContact;
import sluice.schemas.Reply;
import sluice.schemas.SendCode;
import sluice.schemas.UserChange;
import sluice.schemas.UserCommand;
import sluice.schemas.UserCommandKind;
import sluice.schemas.VerificationMethod;
import sluice.track.mail.EmailAddress;
import sluice.track.mail.UnsentMailException;
import sluice.track.token.Token;

/**
 * Makes codes and links, and has them sent by e-mail, each once the log has let it count: what is refused there is never
 * sent, and no replay of the log sends anything.
 */
final class EmailCodes {
    private static final Duration RETRY_UNSENT = Duration.ofSeconds(5);
    private static final int CODES = 1_000_000; // six digits

    /** More than can be guessed: 256 bits. */
    private static final int LINK_SECRET_BYTES = 32;

    private final Edge edge;
    private final UserCommands commands;
    private final Sealing sealing;
    private final ConfigurationSource configuration;
    private final EmailDelivery delivery;
    private final SecureRandom random = new SecureRandom();

    EmailCodes(Edge edge) {
        this.edge = edge;
        this.commands = new UserCommands(edge);
        this.sealing = edge.node().sealing();
        this.configuration = edge.node().configuration();
        this.delivery = new EmailDelivery(edge);
    }

    /** What was sent where. */
    record Sent(String authenticatorId, EmailAddress address) {}

    /** Starts binding an address to the user of a token's action, for which the code counts. */
    CompletableFuture<Sent> enroll(Actor by, Token token, VerificationMethod method, EmailAddress address) {
        requireActive(token, method);
        requireRoom(token, address);
        var secret = secret(method);
        var authenticatorId = UUID.randomUUID().toString();
        var command = commands.command(by, token.tenantId(), token.userId(), UserCommandKind.ENROLL_CONTACT);
        var contact = commands.sealed(command, address.text().getBytes(UTF_8), "contact", authenticatorId);
        command.setEnrollContact(new EnrollContact(
                authenticatorId,
                method,
                contact,
                sealed(secret, command),
                token.actionCode(),
                token.idempotencyKey(),
                token.mayAddAuthenticators(),
                command.getReceivedAt().plus(edge.tokenIssue().lifetime(token))));
        return commands.give(command).thenCompose(reply -> sent(reply, token, secret));
    }

    /** Sends a code that counts for a token's action, to the address that it enrols, else to one that is bound. */
    CompletableFuture<Sent> send(Actor by, Token token, VerificationMethod method) {
        requireActive(token, method);
        var secret = secret(method);
        var command = commands.command(by, token.tenantId(), token.userId(), UserCommandKind.SEND_CODE);
        command.setSendCode(new SendCode(method, sealed(secret, command), token.actionCode(), token.idempotencyKey()));
        return commands.give(command).thenCompose(reply -> {
            requireRoom(token, reply);
            return sent(reply, token, secret);
        });
    }

    /** What the log let count goes nowhere, and the next code takes its place. */
    private void requireRoom(Token token, Reply reply) {
        var to = reply.getUserChange().getAuthenticator();
        if (to != null) requireRoom(token, address(token, to));
    }

    private void requireRoom(Token token, EmailAddress address) {
        var now = edge.clock().instant();
        var retryAt = edge.enricher().signals().mailsRetryAt(token.tenantId(), address.text(), now);
        if (retryAt.isEmpty()) return;
        throw Refusal.TOO_MANY_REQUESTS.because(
                "Too many mails to this address.", Duration.between(now, retryAt.get()));
    }

    private void requireActive(Token token, VerificationMethod method) {
        var isActive = delivery.isPossible(token.tenantId())
                && configuration
                        .newest()
                        .authenticator(token.tenantId(), method)
                        .isActive();
        if (!isActive) throw Refusal.INVALID_CONFIGURATION.because(named(method) + " is not activated.");
    }

    private String secret(VerificationMethod method) {
        if (method == VerificationMethod.EMAIL_OTP) return String.format(Locale.ROOT, "%06d", random.nextInt(CODES));
        var bytes = new byte[LINK_SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private ByteBuffer sealed(String secret, UserCommand command) {
        return commands.sealed(command, secret.getBytes(UTF_8), "secret", command.getEventId());
    }

    private CompletableFuture<Sent> sent(Reply reply, Token token, String secret) {
        var change = reply.getUserChange();
        if (change.getRefusal() != null) throw refused(change);
        var to = change.getAuthenticator();
        var address = address(token, to);
        return delivery.deliver(change.getEventId(), token, to.getMethod(), address, secret)
                .thenApply(done -> new Sent(to.getAuthenticatorId(), address))
                .exceptionally(EmailCodes::unsent);
    }

    /** A backend may have vouched for anything. */
    private EmailAddress address(Token token, Authenticator to) {
        var contact = Sealed.of(to.getSealedContact()).bytes();
        var text = sealing.open(contact, "contact", token.tenantId(), token.userId(), to.getAuthenticatorId());
        return EmailAddress.of(new String(text, UTF_8))
                .orElseThrow(
                        () -> Refusal.INVALID_REQUEST.because("What the authenticator has is no address for e-mail."));
    }

    private static Sent unsent(Throwable fault) {
        var cause = fault instanceof CompletionException wrapped ? wrapped.getCause() : fault;
        if (!(cause instanceof UnsentMailException)) throw new CompletionException(cause);
        throw Refusal.SERVICE_UNAVAILABLE.because("The mail could not be sent; ask for another.", RETRY_UNSENT);
    }

    private static RefusedException refused(UserChange change) {
        var refusal = change.getRefusal();
        return switch (refusal) {
            case TOO_MANY_CODES ->
                Refusal.TOO_MANY_REQUESTS.because(
                        "Too many mails.", Duration.between(change.getChangedAt(), change.getRetryAt()));
            case NOT_FOUND -> Refusal.INVALID_REQUEST.because("The user has no authenticator of this method.");
            case CHALLENGE_NOT_OPEN -> Refusal.INVALID_REQUEST.because("The challenge is over.");
            default -> EnrolmentRefusal.of(refusal, "e-mail");
        };
    }

    private static String named(VerificationMethod method) {
        return method == VerificationMethod.EMAIL_OTP ? "A code by e-mail" : "A link by e-mail";
    }
}
