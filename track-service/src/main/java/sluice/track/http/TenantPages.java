package sluice.track.http;

import java.util.Optional;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.runtime.configuration.domain.Setting.Tenant;
import sluice.track.http.ui.Page;
import sluice.track.http.ui.Page.Visit;
import sluice.track.http.ui.Steps;
import sluice.track.message.Wording;
import sluice.track.origin.AllowedOrigins;
import sluice.track.theme.Look;
import sluice.track.theme.ThemeDocument;
import sluice.track.token.Token;

/** The pre-built pages as their tenant has set them: look, words and allowed origins. */
final class TenantPages {
    private final ConfigurationSource configuration;

    TenantPages(ConfigurationSource configuration) {
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
                wording(tenantId, look, token.flatMap(Token::locale), acceptLanguage));
    }

    /** Whom the tenant's users deal with, as the tenant's pages have it in English. */
    String brand(String tenantId) {
        var tenant = Optional.of(tenantId);
        return wording(tenant, look(tenant), Optional.empty(), Optional.empty()).brand();
    }

    private Wording wording(
            Optional<String> tenantId, Look look, Optional<String> locale, Optional<String> acceptLanguage) {
        var newest = configuration.newest();
        var overrides = tenantId.flatMap(id -> newest.value(Piece.messageOverrides(id), Setting.MessageOverrides.class))
                .orElse(Setting.MessageOverrides.NONE);
        return Wording.of(
                overrides.texts(),
                locale,
                acceptLanguage,
                look.name().or(() -> name(tenantId, tenantId.flatMap(newest::tenant))));
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
