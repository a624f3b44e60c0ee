package sluice.runtime.configuration;

import static java.util.function.Predicate.not;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.runtime.audit.ActorMapper;
import sluice.runtime.audit.domain.Actor;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.ActionConfiguration;
import sluice.schemas.AuthenticatorConfiguration;
import sluice.schemas.ConfigurationChange;
import sluice.schemas.CredentialKind;
import sluice.schemas.CustomDataPointConfiguration;
import sluice.schemas.MessageOverridesConfiguration;
import sluice.schemas.SecretKey;
import sluice.schemas.SessionKeyConfiguration;
import sluice.schemas.TenantConfiguration;
import sluice.schemas.ThemeConfiguration;
import sluice.schemas.TokenKeyConfiguration;
import sluice.schemas.ValueListConfiguration;
import sluice.schemas.WebhookConfiguration;

/** Carries configuration changes from the log to the domain and back. */
final class ConfigurationMapper {
    private ConfigurationMapper() {}

    static Change toDomain(ConfigurationChange change) {
        return new Change(
                change.getChangeId(),
                new Piece(change.getTenantId(), change.getKind(), change.getKey()),
                change.getBasedOn(),
                change.getChangedAt(),
                author(change),
                value(change));
    }

    /** Changes of older releases say roughly who, and not why. */
    private static Author author(ConfigurationChange change) {
        var by = ActorMapper.toDomain(change.getBy())
                .orElseGet(() -> new Actor(CredentialKind.UNKNOWN, Optional.empty(), change.getChangedBy()));
        return new Author(by, Optional.ofNullable(change.getCauseId()));
    }

    /** Who, as readers of older releases know it. */
    private static String roughly(Actor by) {
        return switch (by.credential()) {
            case MANAGEMENT_SECRET -> "management";
            case COMMAND_LINE, SLUICE -> "operator";
            case SERVER_SECRET, CLIENT_TOKEN, TENANT_ID, MAIL_LINK -> "ingress";
            case UNKNOWN -> by.call();
        };
    }

    private static Optional<Setting> value(ConfigurationChange change) {
        if (change.getDeleted()) return Optional.empty();
        return switch (change.getKind()) {
            case TENANT -> Optional.of(tenant(change.getTenant()));
            case ACTION -> Optional.of(action(change.getAction()));
            case AUTHENTICATOR -> Optional.of(authenticator(change.getAuthenticator()));
            case TOKEN_KEY -> Optional.of(tokenKey(change.getTokenKey()));
            case VALUE_LIST -> Optional.of(valueList(change.getValueList()));
            case CUSTOM_DATA_POINT -> Optional.of(customDataPoint(change.getCustomDataPoint()));
            case RULE -> Optional.of(RuleMapper.toDomain(change.getRule()));
            case THEME -> Optional.of(new Setting.Theme(change.getTheme().getDocument()));
            case MESSAGE_OVERRIDES ->
                Optional.of(new Setting.MessageOverrides(
                        change.getMessageOverrides().getTexts()));
            case SESSION_KEY -> Optional.of(sessionKey(change.getSessionKey()));
            case UNKNOWN -> throw new IllegalArgumentException("A configuration change of a kind that came later");
        };
    }

    private static Setting.Tenant tenant(TenantConfiguration tenant) {
        return new Setting.Tenant(
                tenant.getName(),
                tenant.getApiSecrets().stream()
                        .map(ConfigurationMapper::secretKey)
                        .toList(),
                tenant.getManagementSecrets().stream()
                        .map(ConfigurationMapper::secretKey)
                        .toList(),
                Duration.ofSeconds(tenant.getTokenLifetimeSeconds()),
                tenant.getChallengeAttemptsMax(),
                Optional.ofNullable(tenant.getHideSuccessScreenOnEnrollment()),
                Optional.ofNullable(tenant.getAllowedOrigins()).map(List::copyOf),
                webhook(tenant.getWebhook()));
    }

    private static Setting.Webhook webhook(@Nullable WebhookConfiguration webhook) {
        if (webhook == null) return Setting.Webhook.UNSET;
        return new Setting.Webhook(
                Optional.ofNullable(webhook.getUrl()),
                Optional.ofNullable(webhook.getEvents()),
                Optional.ofNullable(webhook.getSince()));
    }

    private static Setting.SecretKey secretKey(SecretKey key) {
        return new Setting.SecretKey(
                HexFormat.of().formatHex(bytes(key.getHash())),
                Sealed.of(key.getSealedSecret()),
                Optional.ofNullable(key.getCreatedAt()),
                Optional.ofNullable(key.getRetiresAt()));
    }

    private static Setting.Action action(ActionConfiguration action) {
        return new Setting.Action(
                Optional.ofNullable(action.getDefaultUserActionResult()),
                Optional.ofNullable(action.getMessagingTemplates()),
                Optional.ofNullable(action.getVerificationMethods()),
                Optional.ofNullable(action.getPromptToEnrollVerificationMethods()),
                Optional.ofNullable(action.getDefaultVerificationMethod()));
    }

    private static Setting.Authenticator authenticator(AuthenticatorConfiguration authenticator) {
        return new Setting.Authenticator(
                authenticator.getIsActive(),
                authenticator.getAcceptedDrift(),
                Optional.ofNullable(authenticator.getIssuer()).filter(not(String::isEmpty)));
    }

    private static Setting.TokenKey tokenKey(TokenKeyConfiguration key) {
        return new Setting.TokenKey(
                Sealed.of(key.getSealedKey()), key.getActiveFrom(), Optional.ofNullable(key.getRetiredAt()));
    }

    private static Setting.SessionKey sessionKey(SessionKeyConfiguration key) {
        return new Setting.SessionKey(
                Sealed.of(key.getSealedKey()), key.getActiveFrom(), Optional.ofNullable(key.getRetiredAt()));
    }

    private static Setting.ValueList valueList(ValueListConfiguration list) {
        return new Setting.ValueList(
                list.getName(),
                list.getItemType(),
                Optional.ofNullable(list.getStrings()).map(List::copyOf),
                Optional.ofNullable(list.getNumbers()).map(List::copyOf),
                Optional.ofNullable(list.getIsActive()));
    }

    private static Setting.CustomDataPoint customDataPoint(CustomDataPointConfiguration point) {
        return new Setting.CustomDataPoint(
                point.getName(),
                point.getDataType(),
                point.getModelType(),
                Optional.ofNullable(point.getDescription()),
                point.getIsPublic());
    }

    static ConfigurationChange toAvro(Change change) {
        var avro = ConfigurationChange.newBuilder()
                .setChangeId(change.changeId())
                .setTenantId(change.piece().tenantId())
                .setKind(change.piece().kind())
                .setKey(change.piece().key())
                .setBasedOn(change.basedOn())
                .setChangedAt(change.changedAt())
                .setChangedBy(roughly(change.author().by()))
                .setBy(ActorMapper.toAvro(change.author().by()))
                .setCauseId(orNull(change.author().causeId()))
                .setDeleted(change.value().isEmpty())
                .build();
        change.value().ifPresent(value -> set(avro, value));
        return avro;
    }

    private static void set(ConfigurationChange avro, Setting value) {
        if (value instanceof Setting.Tenant tenant) avro.setTenant(toAvro(tenant));
        else if (value instanceof Setting.Action action) avro.setAction(toAvro(action));
        else if (value instanceof Setting.Authenticator authenticator) avro.setAuthenticator(toAvro(authenticator));
        else if (value instanceof Setting.TokenKey key) avro.setTokenKey(toAvro(key));
        else if (value instanceof Setting.SessionKey key) avro.setSessionKey(toAvro(key));
        else if (value instanceof Setting.ValueList list) avro.setValueList(toAvro(list));
        else if (value instanceof Setting.CustomDataPoint point) avro.setCustomDataPoint(toAvro(point));
        else if (value instanceof Setting.Rule rule) avro.setRule(RuleMapper.toAvro(rule));
        else if (value instanceof Setting.Theme theme) avro.setTheme(new ThemeConfiguration(theme.document()));
        else if (value instanceof Setting.MessageOverrides overrides) avro.setMessageOverrides(toAvro(overrides));
        else throw new AssertionError("No mapping for " + value);
    }

    private static TenantConfiguration toAvro(Setting.Tenant tenant) {
        return new TenantConfiguration(
                tenant.name(),
                toAvro(tenant.apiSecrets()),
                toAvro(tenant.managementSecrets()),
                Math.toIntExact(tenant.tokenLifetime().toSeconds()),
                tenant.challengeAttemptsMax(),
                orNull(tenant.hideSuccessScreenOnEnrollment()),
                orNull(tenant.allowedOrigins()),
                toAvro(tenant.webhook()));
    }

    private static @Nullable WebhookConfiguration toAvro(Setting.Webhook webhook) {
        if (webhook.equals(Setting.Webhook.UNSET)) return null;
        return new WebhookConfiguration(orNull(webhook.url()), orNull(webhook.events()), orNull(webhook.since()));
    }

    private static List<SecretKey> toAvro(List<Setting.SecretKey> keys) {
        return keys.stream()
                .map(key -> new SecretKey(
                        ByteBuffer.wrap(HexFormat.of().parseHex(key.hash())),
                        key.secret().buffer(),
                        orNull(key.createdAt()),
                        orNull(key.retiresAt())))
                .toList();
    }

    private static ActionConfiguration toAvro(Setting.Action action) {
        return new ActionConfiguration(
                orNull(action.defaultUserActionResult()),
                orNull(action.messagingTemplates()),
                orNull(action.verificationMethods()),
                orNull(action.promptToEnrollVerificationMethods()),
                orNull(action.defaultVerificationMethod()));
    }

    private static AuthenticatorConfiguration toAvro(Setting.Authenticator authenticator) {
        return new AuthenticatorConfiguration(
                authenticator.isActive(), authenticator.acceptedDrift(), orNull(authenticator.issuer()));
    }

    private static TokenKeyConfiguration toAvro(Setting.TokenKey key) {
        return new TokenKeyConfiguration(key.key().buffer(), key.activeFrom(), orNull(key.retiredAt()));
    }

    private static SessionKeyConfiguration toAvro(Setting.SessionKey key) {
        return new SessionKeyConfiguration(key.key().buffer(), key.activeFrom(), orNull(key.retiredAt()));
    }

    private static ValueListConfiguration toAvro(Setting.ValueList list) {
        return new ValueListConfiguration(
                list.name(), list.itemType(), orNull(list.texts()), orNull(list.numbers()), orNull(list.isActive()));
    }

    private static CustomDataPointConfiguration toAvro(Setting.CustomDataPoint point) {
        return new CustomDataPointConfiguration(
                point.name(), point.dataType(), point.modelType(), orNull(point.description()), point.isPublic());
    }

    private static MessageOverridesConfiguration toAvro(Setting.MessageOverrides overrides) {
        return new MessageOverridesConfiguration(overrides.texts());
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.orElse(null);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
