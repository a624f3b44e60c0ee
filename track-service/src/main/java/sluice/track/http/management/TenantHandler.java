package sluice.track.http.management;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.track.http.json.JsonBody;
import sluice.track.origin.WebOrigin;
import sluice.track.tenant.TenantSetup;

/** {@code /v1/management/tenant}: the tenant's own settings (management contract). There is always one. */
final class TenantHandler {
    private static final int ORIGINS_MAX = 50;
    private static final int ORIGIN_LENGTH_MAX = 270;

    private static final Setting.Authenticator ACTIVE = new Setting.Authenticator(true, 0, Optional.empty());

    private final Resource<Setting.Tenant> tenants;
    private final Resource<Setting.Authenticator> methods;
    private final WebhookFields webhook;

    TenantHandler(Desk desk) {
        this.tenants = new Resource<>(desk, Setting.Tenant.class, "tenant", (piece, tenant) -> Answer.of(tenant));
        this.methods = new Resource<>(desk, Setting.Authenticator.class, "method", (piece, method) -> method);
        this.webhook = new WebhookFields(desk.clock());
    }

    /** A tenant as the contract has it: neither its secrets nor what the operator sets. */
    private record Answer(
            @Nullable Boolean hideSuccessScreenOnEnrollment,
            @Nullable List<String> allowedOrigins,
            @Nullable String webhookUrl,
            @Nullable List<String> webhookEvents) {
        static Answer of(Setting.Tenant tenant) {
            return new Answer(
                    tenant.hideSuccessScreenOnEnrollment().orElse(null),
                    tenant.allowedOrigins().orElse(null),
                    tenant.webhook().url().orElse(null),
                    tenant.webhook().events().orElse(null));
        }
    }

    void get(Context context) {
        tenants.get(context, Piece.tenant(tenants.tenant(context)));
    }

    void patch(Context context) {
        var piece = Piece.tenant(tenants.tenant(context));
        var patch = new Patch(JsonBody.of(context));
        var author = tenants.author(context);
        tenants.patch(
                context,
                () -> activated(author, piece.tenantId(), patch),
                piece,
                before -> before.withHideSuccessScreenOnEnrollment(
                                patch.flag("hideSuccessScreenOnEnrollment", before.hideSuccessScreenOnEnrollment()))
                        .withAllowedOrigins(
                                patch.field("allowedOrigins", before.allowedOrigins(), field -> origins(patch, field)))
                        .withWebhook(webhook.patched(before.webhook(), patch)));
    }

    /** A tenant that sends its mails itself has the e-mail methods without a mail server. */
    private CompletableFuture<?> activated(Author author, String tenantId, Patch patch) {
        if (!webhook.sendsMails(patch)) return CompletableFuture.completedFuture(null);
        return CompletableFuture.allOf(TenantSetup.BY_MAIL.stream()
                .map(method -> methods.set(author, Piece.authenticator(tenantId, method.name()), ACTIVE))
                .toArray(CompletableFuture<?>[]::new));
    }

    private static Optional<List<String>> origins(Patch patch, String field) {
        return patch.body().texts(field, ORIGINS_MAX, ORIGIN_LENGTH_MAX).map(texts -> texts.stream()
                .map(text -> WebOrigin.named(text)
                        .orElseThrow(() -> JsonBody.refused(field, "origins, such as https://shop.example"))
                        .text())
                .distinct()
                .toList());
    }
}
