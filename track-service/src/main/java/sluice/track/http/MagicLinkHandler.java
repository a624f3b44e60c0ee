package sluice.track.http;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.audit.domain.Actor;
import sluice.schemas.Action;
import sluice.schemas.ActionState;
import sluice.schemas.Authenticator;
import sluice.schemas.Reply;
import sluice.schemas.UserView;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.http.ui.MagicLinkPage.Stage;
import sluice.track.token.Token;

/**
 * The page that a magic link leads to, and the call by which the client that waits learns that it was confirmed.
 * Opening the link confirms nothing: mail scanners open links. The page's button does.
 */
final class MagicLinkHandler {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Logger LOG = LoggerFactory.getLogger(MagicLinkHandler.class);
    private static final VerificationMethod METHOD = VerificationMethod.EMAIL_MAGIC_LINK;

    private final Callers callers;
    private final VerifyEvents answers;
    private final UserQueries users;
    private final ActionQueries actions;
    private final TokenIssue tokens;
    private final TenantPages pages;
    private final MagicLink links;

    MagicLinkHandler(Edge edge) {
        this.callers = edge.callers();
        this.answers = new VerifyEvents(edge);
        this.users = edge.users();
        this.actions = edge.actions();
        this.tokens = edge.tokenIssue();
        this.pages = new TenantPages(edge.node().configuration());
        this.links = new MagicLink(edge.node().sealing());
    }

    /** {@code GET /magic-link?t=…}. */
    void show(Context context) {
        var t = Optional.ofNullable(context.queryParam("t")).orElse("");
        var link = links.open(t);
        write(context, link.isPresent() ? Stage.CONFIRM : Stage.GONE, t, link);
    }

    /** {@code POST /magic-link}, the page's own form. */
    void confirm(Context context) {
        requireForm(context);
        var link = links.open(Optional.ofNullable(context.formParam("t")).orElse(""));
        var by = callers.reader(context);
        context.future(() -> link.map(opened -> tried(by, opened))
                .orElseGet(() -> CompletableFuture.completedFuture(Stage.GONE))
                .exceptionally(MagicLinkHandler::unavailable)
                .thenAccept(stage -> write(context, stage, "", link)));
    }

    private static void requireForm(Context context) {
        var type = Optional.ofNullable(context.contentType()).orElse("");
        if (!type.regionMatches(true, 0, FORM, 0, FORM.length())) {
            throw Refusal.UNSUPPORTED_MEDIA_TYPE.because("The body must be " + FORM + ".");
        }
    }

    private CompletableFuture<Stage> tried(Actor by, MagicLink.Opened link) {
        return answers.give(by, link.token(), METHOD, link.secret()).thenApply(MagicLinkHandler::stage);
    }

    /** Who presses the button twice is not told that the link is used up: their challenge was met by it. */
    private static Stage stage(Reply reply) {
        var result = reply.getVerification().getResult();
        var action = reply.getAction();
        var isMetByLink =
                action.getState() == ActionState.CHALLENGE_SUCCEEDED && action.getVerificationMethod() == METHOD;
        if (result == VerificationResult.VERIFIED || isMetByLink) return Stage.DONE;
        return result == VerificationResult.RATE_LIMITED ? Stage.BUSY : Stage.GONE;
    }

    /** A person is to read this, so not the API's refusal. */
    private static Stage unavailable(Throwable fault) {
        LOG.warn("A link could not be confirmed: {}", fault.toString());
        return Stage.UNAVAILABLE;
    }

    private void write(Context context, Stage stage, String t, Optional<MagicLink.Opened> link) {
        var acceptLanguage = Optional.ofNullable(context.header("Accept-Language"));
        var page = pages.page(stage, link.map(MagicLink.Opened::token), t, acceptLanguage);
        context.status(stage.status())
                .header("Content-Security-Policy", page.contentSecurityPolicy())
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .html(page.html());
    }

    /** {@code POST /v1/client/verify/email-magic-link/finalize}, asked again and again until it is so. */
    void finish(Context context) {
        var token = callers.client(context);
        JsonBody.of(context);
        context.future(() -> users.user(token.tenantId(), token.userId())
                .thenCombine(actions.action(token), (user, action) -> answer(user, action, token))
                .thenAccept(context::json));
    }

    private VerifiedAnswer answer(UserView user, Optional<Action> action, Token token) {
        var isOpen = action.map(Action::getState)
                .filter(state -> state == ActionState.CHALLENGE_SUCCEEDED || state == ActionState.ALLOW)
                .isEmpty();
        var link = user.getConfirmedLink();
        if (isOpen
                || link == null
                || !link.getActionCode().equals(token.actionCode())
                || !link.getIdempotencyKey().equals(token.idempotencyKey())) {
            return VerifiedAnswer.not(null);
        }
        var enrolled = user.getAuthenticators().stream()
                .filter(each -> each.getAuthenticatorId().equals(link.getAuthenticatorId()))
                .filter(MagicLinkHandler::isNew)
                .map(AuthenticatorAnswer::ofClient)
                .findFirst();
        return new VerifiedAnswer(true, tokens.issue(token, null), null, enrolled.orElse(null));
    }

    /** Whether the link that was accepted last is the one that has finished its enrolment. */
    private static boolean isNew(Authenticator authenticator) {
        return authenticator.getLastVerifiedAt() != null
                && authenticator.getLastVerifiedAt().equals(authenticator.getVerifiedAt());
    }
}
