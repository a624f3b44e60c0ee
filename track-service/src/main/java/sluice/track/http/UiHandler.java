package sluice.track.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.schemas.Action;
import sluice.schemas.ActionState;
import sluice.schemas.Authenticator;
import sluice.schemas.Decision;
import sluice.schemas.UserView;
import sluice.schemas.VerificationMethod;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.http.ui.Page.Visit;
import sluice.track.http.ui.QrSvg;
import sluice.track.http.ui.Right;
import sluice.track.http.ui.Steps;
import sluice.track.http.ui.UiFiles;
import sluice.track.http.ui.View;
import sluice.track.token.BadTokenException;
import sluice.track.token.Token;
import sluice.track.token.Tokens;

/** The pre-built UI over HTTP: the page at the {@code url} of a track response, and its parts (contract section 7). */
final class UiHandler {
    private static final Logger LOG = LoggerFactory.getLogger(UiHandler.class);
    private static final int URI_LENGTH_MAX = 4096;

    private final Callers callers;
    private final Tokens tokens;
    private final UserQueries users;
    private final ActionQueries actions;
    private final ConfigurationSource configuration;
    private final TenantPages pages;
    private final EmailDelivery mails;
    private final UiFiles files = new UiFiles();

    UiHandler(Edge edge) {
        this.callers = edge.callers();
        this.tokens = edge.tokens();
        this.users = edge.users();
        this.actions = edge.actions();
        this.configuration = edge.node().configuration();
        this.pages = new TenantPages(configuration);
        this.mails = new EmailDelivery(edge);
    }

    /** {@code GET /challenge?t=<token>[&mode=popup|window][&force_enrollment=true]}. */
    void page(Context context) {
        Token token;
        try {
            token = tokens.check(Optional.ofNullable(context.queryParam("t")).orElse(""));
        } catch (BadTokenException e) {
            write(context, Steps.only(viewOf(e)), e.expired());
            return;
        }
        var isEnrolmentForced = isEnrolmentForced(context);
        context.future(() -> users.user(token.tenantId(), token.userId())
                .thenCombine(actions.action(token), (user, action) -> steps(user, action, token, isEnrolmentForced))
                .exceptionally(UiHandler::unavailable)
                .thenAccept(steps -> write(context, steps, Optional.of(token))));
    }

    private static View viewOf(BadTokenException bad) {
        return switch (bad.fault()) {
            case EXPIRED -> View.EXPIRED;
            case INVALID -> View.INVALID;
        };
    }

    private Steps steps(UserView user, Optional<Action> action, Token token, boolean isEnrolmentForced) {
        var decision = action.map(Action::getDecision);
        var allowed = decision.map(Decision::getAllowedVerificationMethods).orElse(List.of()).stream()
                .filter(method -> isThere(method, token.tenantId()))
                .toList();
        var state = action.map(Action::getState).orElse(ActionState.UNKNOWN);
        var methods = Steps.methods(methods(user), allowed);
        var enrollable = Steps.enrollable(allowed);
        var view = View.of(
                        state,
                        user.getIsEnrolled(),
                        methods,
                        preferred(user),
                        token.mayAddAuthenticators(),
                        isEnrolmentForced)
                .adding(enrollable);
        var hasRecoveryCodes = hasRecoveryCodes(token.tenantId());
        var steps = new Steps(
                view,
                methods,
                enrollable,
                Right.of(token, state),
                hasRecoveryCodes,
                !user.getIsEnrolled() && hasRecoveryCodes);
        return token.isForSettings() && !isEnrolmentForced ? steps.toSettings() : steps;
    }

    /** Where nobody sends mails nothing can be sent, whatever the tenant allows. */
    private boolean isThere(VerificationMethod method, String tenantId) {
        return mails.isPossible(tenantId)
                || (method != VerificationMethod.EMAIL_OTP && method != VerificationMethod.EMAIL_MAGIC_LINK);
    }

    private static Optional<VerificationMethod> preferred(UserView user) {
        return user.getAuthenticators().stream()
                .filter(Authenticator::getIsDefault)
                .findFirst()
                .map(Authenticator::getMethod);
    }

    /** Recovery codes are among no user's authenticators, and meet a challenge all the same. */
    private static List<VerificationMethod> methods(UserView user) {
        var recovery = Stream.of(VerificationMethod.RECOVERY_CODE).filter(each -> user.getRecoveryCodesLeft() > 0);
        return Stream.concat(user.getAuthenticators().stream().map(Authenticator::getMethod), recovery)
                .toList();
    }

    private boolean hasRecoveryCodes(String tenantId) {
        return configuration
                .newest()
                .authenticator(tenantId, VerificationMethod.RECOVERY_CODE)
                .isActive();
    }

    /** A person is to read this, so not the API's refusal. */
    private static Steps unavailable(Throwable fault) {
        LOG.warn("A page could not be shown: {}", fault.toString());
        return Steps.only(View.UNAVAILABLE);
    }

    private void write(Context context, Steps steps, Optional<Token> token) {
        var visit = new Visit(
                isEmbedded(context),
                isEnrolmentForced(context),
                token.map(Token::isForSettings).orElse(false),
                token.flatMap(Token::redirectUrl));
        var page = pages.page(steps, visit, token, Optional.ofNullable(context.header("Accept-Language")));
        context.status(steps.first().status())
                .header("Content-Security-Policy", page.contentSecurityPolicy())
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .html(page.html());
    }

    /** The browser SDK says popup for its window too. */
    private static boolean isEmbedded(Context context) {
        var mode = context.queryParam("mode");
        return "popup".equals(mode) || "window".equals(mode);
    }

    private static boolean isEnrolmentForced(Context context) {
        return "true".equals(context.queryParam("force_enrollment"));
    }

    /** {@code GET /ui/{file}}. */
    void file(Context context) {
        var name = context.pathParam("file");
        if (name.equals("theme.css")) styleSheet(context);
        else
            files.file(name)
                    .orElseThrow(() -> Refusal.NOT_FOUND.because("No such file."))
                    .answer(context);
    }

    /**
     * {@code GET /ui/theme.css?tenant=<id>[&v=<version>]}: what everybody sees who sees the tenant's pages. Whether
     * there is such a tenant it does not tell: the sheet of one without a theme is empty too.
     */
    private void styleSheet(Context context) {
        var tenantId = Optional.ofNullable(context.queryParam("tenant"));
        var sheet = UiFiles.styleSheet(pages.look(tenantId).styleSheet());
        context.header("Referrer-Policy", "no-referrer");
        if (sheet.version().equals(context.queryParam("v"))) sheet.answerForGood(context);
        else sheet.answer(context);
    }

    /**
     * {@code POST /ui/qr}: draws the enrolment's URI. It has come from this very server; it comes back in a body, as the
     * secret in it has no place in a URL.
     */
    void qr(Context context) {
        callers.client(context);
        var uri = JsonBody.of(context).requiredText("uri", URI_LENGTH_MAX);
        if (!uri.startsWith("otpauth://totp/")) throw JsonBody.refused("uri", "an otpauth URI");
        var svg = QrSvg.of(uri).orElseThrow(() -> JsonBody.refused("uri", "no more than a QR code holds"));
        context.header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .contentType("image/svg+xml")
                .result(svg);
    }
}
