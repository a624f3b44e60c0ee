package sluice.track.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import sluice.schemas.Profile;
import sluice.schemas.UserView;
import sluice.schemas.VerificationMethod;
import sluice.track.mail.EmailAddress;
import sluice.track.mail.Letter;
import sluice.track.mail.Mail;
import sluice.track.mail.Mailer;
import sluice.track.mail.UnsentMailException;
import sluice.track.message.Wording;
import sluice.track.token.Token;
import sluice.track.webhook.EventType;
import sluice.track.webhook.Questions;

/**
 * Brings codes and links to their users: the tenant sends them itself where it wants the event email.created, else the
 * mail server does, in the tenant's words and the user's language.
 */
final class EmailDelivery {
    private final Optional<Mailer> mailer;
    private final Questions questions;
    private final UserQueries users;
    private final TokenIssue tokens;
    private final TenantPages pages;
    private final MagicLink links;

    EmailDelivery(Edge edge) {
        this.mailer = edge.mailer();
        this.questions = edge.questions();
        this.users = edge.users();
        this.tokens = edge.tokenIssue();
        this.pages = new TenantPages(edge.node().configuration());
        this.links = new MagicLink(edge.node().sealing());
    }

    /** Whether anything can be sent for a tenant. */
    boolean isPossible(String tenantId) {
        return mailer.isPresent() || isTheTenants(tenantId);
    }

    private boolean isTheTenants(String tenantId) {
        return questions.isAsked(tenantId, EventType.EMAIL_CREATED);
    }

    /**
     * Sends what answers a token's challenge.
     *
     * @param causeId eventId of what has let it count
     * @param secret a code, or what is in a link
     * @return completes when it was taken, or with {@link UnsentMailException}
     */
    CompletableFuture<Void> deliver(
            String causeId, Token token, VerificationMethod method, EmailAddress to, String secret) {
        return locale(token)
                .thenCompose(locale -> isTheTenants(token.tenantId())
                        ? toldTheTenant(causeId, token.speaking(locale), method, to, secret)
                        : mailed(token.speaking(locale), method, to, secret));
    }

    /** As the backend told it with the action, else as the user's profile has it. */
    private CompletableFuture<Optional<String>> locale(Token token) {
        if (token.locale().isPresent()) return CompletableFuture.completedFuture(token.locale());
        return users.user(token.tenantId(), token.userId())
                .thenApply(EmailDelivery::locale)
                .exceptionally(fault -> Optional.empty()); // better in another language than not at all
    }

    private static Optional<String> locale(UserView user) {
        return Optional.ofNullable(user.getProfile()).map(Profile::getLocale).filter(Wording::isLocale);
    }

    private CompletableFuture<Void> toldTheTenant(
            String causeId, Token token, VerificationMethod method, EmailAddress to, String secret) {
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("to", to.text())
                .put("userId", token.userId())
                .put("actionCode", token.actionCode())
                .put("idempotencyKey", token.idempotencyKey())
                .put("verificationMethod", method.name());
        if (method == VerificationMethod.EMAIL_OTP) data.put("code", secret);
        else data.put("url", link(token, secret).toString());
        token.locale().ifPresent(locale -> data.put("locale", locale));
        return questions
                .ask(token.tenantId(), EventType.EMAIL_CREATED, causeId, data)
                .thenAccept(answer -> {
                    if (answer != Questions.Answer.YES) throw new UnsentMailException();
                });
    }

    private CompletableFuture<Void> mailed(Token token, VerificationMethod method, EmailAddress to, String secret) {
        return mailer.map(server -> server.send(mail(token, method, to, secret)))
                .orElseGet(() -> CompletableFuture.failedFuture(new UnsentMailException()));
    }

    private Mail mail(Token token, VerificationMethod method, EmailAddress to, String secret) {
        var letter = new Letter(to, pages.wordingOfMails(token));
        return method == VerificationMethod.EMAIL_OTP ? letter.withCode(secret) : letter.withLink(link(token, secret));
    }

    private URI link(Token token, String secret) {
        return tokens.page(links.path(token, secret));
    }
}
