package sluice.track.http;

import java.util.Map;
import java.util.Optional;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.runtime.configuration.domain.Setting.Tenant;
import sluice.track.http.ui.MagicLinkPage;
import sluice.track.http.ui.MagicLinkPage.Stage;
import sluice.track.http.ui.Page;
import sluice.track.http.ui.Page.Visit;
import sluice.track.http.ui.Steps;
import sluice.track.message.MessagingTemplates;
import sluice.track.message.Wording;
import sluice.track.origin.AllowedOrigins;
import sluice.track.theme.Look;
import sluice.track.theme.ThemeDocument;
import sluice.track.token.Token;

/** The pre-built pages and the mails as their tenant has set them: look, words and allowed origins. */
public final class TenantPages {
    private final ConfigurationSource configuration;

    public TenantPages(ConfigurationSource configuration) {
        this.configuration = configuration;
    }

    /**
     * A page for one visit. A link that can't be read names no tenant: its page is Sluice's own, and anybody may frame
     * it.
     *
     * @param token of the link, if it can be read
     * @param acceptLanguage the browser's header
     */
    Page page(Steps steps, Visit visit, Optional<Token> token, Optional<String> acceptLanguage) {
        var newest = configuration.newest();
        var tenantId = token.map(Token::tenantId);
        var tenant = tenantId.flatMap(newest::tenant);
        var look = look(tenantId);
        return new Page(
                steps,
                visit,
                tenantId,
                token.isEmpty() ? AllowedOrigins.ANY : AllowedOrigins.of(tenant),
                tenant.flatMap(Tenant::hideSuccessScreenOnEnrollment).orElse(false),
                look,
                wording(tenantId, look, overrides(tenantId), token.flatMap(Token::locale), acceptLanguage));
    }

    /**
     * The page that a link in a mail leads to, in the mail's language.
     *
     * @param token of the link, if it can be read
     * @param t the link's own query
     * @param acceptLanguage the browser's header
     */
    MagicLinkPage page(Stage stage, Optional<Token> token, String t, Optional<String> acceptLanguage) {
        var tenantId = token.map(Token::tenantId);
        var look = look(tenantId);
        var wording = wording(tenantId, look, overrides(tenantId), token.flatMap(Token::locale), acceptLanguage);
        return new MagicLinkPage(stage, tenantId, look, wording, t);
    }

    /** What mails about a token's action say, to the token's user. */
    Wording wordingOfMails(Token token) {
        var tenantId = Optional.of(token.tenantId());
        var templates = configuration
                .newest()
                .value(Piece.action(token.tenantId(), token.actionCode()), Setting.Action.class)
                .flatMap(Setting.Action::messagingTemplates);
        var texts = MessagingTemplates.over(overrides(tenantId), templates);
        return wording(tenantId, look(tenantId), texts, token.locale(), Optional.empty());
    }

    /** What mails say that are about no action, to a user of a tenant's. */
    public Wording wordingOfMails(String tenantId, Optional<String> locale) {
        var tenant = Optional.of(tenantId);
        return wording(tenant, look(tenant), overrides(tenant), locale, Optional.empty());
    }

    private Map<String, Map<String, String>> overrides(Optional<String> tenantId) {
        return tenantId.flatMap(
                        id -> configuration.newest().value(Piece.messageOverrides(id), Setting.MessageOverrides.class))
                .orElse(Setting.MessageOverrides.NONE)
                .texts();
    }

    private Wording wording(
            Optional<String> tenantId,
            Look look,
            Map<String, Map<String, String>> texts,
            Optional<String> locale,
            Optional<String> acceptLanguage) {
        var newest = configuration.newest();
        return Wording.of(
                texts, locale, acceptLanguage, look.name().or(() -> name(tenantId, tenantId.flatMap(newest::tenant))));
    }

    /** What the tenant's theme makes of its pages; nothing where there is no such tenant. */
    Look look(Optional<String> tenantId) {
        return Look.of(ThemeDocument.of(
                tenantId.flatMap(id -> configuration.newest().value(Piece.theme(id), Setting.Theme.class))
                        .orElse(Setting.Theme.UNSET)));
    }

    /** The tenant's name, where it is one for people: at first it is the id. */
    private static Optional<String> name(Optional<String> tenantId, Optional<Tenant> tenant) {
        return tenant.map(Tenant::name).filter(name -> !tenantId.equals(Optional.of(name)));
    }
}
