package sluice.runtime.configuration.domain;

import java.util.Map;
import java.util.Optional;
import sluice.schemas.ConfigurationKind;
import sluice.schemas.VerificationMethod;

/** The whole configuration as it was at one version. Immutable in effect: later changes don't show. */
public final class ConfigurationView {
    private final ConfigurationHistory history;
    private final long version;

    ConfigurationView(ConfigurationHistory history, long version) {
        this.history = history;
        this.version = version;
    }

    /** How many records of the configuration topic this view has seen. */
    public long version() {
        return version;
    }

    public Optional<Setting.Tenant> tenant(String tenantId) {
        return history.valueAt(Piece.tenant(tenantId), version).map(Setting.Tenant.class::cast);
    }

    /** The action code's settings, {@link Setting.Action#UNSET} where nobody has configured it. */
    public Setting.Action action(String tenantId, String actionCode) {
        return configuredAction(tenantId, actionCode).orElse(Setting.Action.UNSET);
    }

    /** The action code's settings, empty where nobody has configured it. */
    public Optional<Setting.Action> configuredAction(String tenantId, String actionCode) {
        return history.valueAt(Piece.action(tenantId, actionCode), version).map(Setting.Action.class::cast);
    }

    /** The method's settings, {@link Setting.Authenticator#unset} where nobody has set any. */
    public Setting.Authenticator authenticator(String tenantId, VerificationMethod method) {
        return history.valueAt(Piece.authenticator(tenantId, method.name()), version)
                .map(Setting.Authenticator.class::cast)
                .orElseGet(() -> Setting.Authenticator.unset(method));
    }

    /** Every tenant, by id. */
    public Map<String, Setting.Tenant> tenants() {
        return history.allAt(version, ConfigurationKind.TENANT, Piece::tenantId, Setting.Tenant.class);
    }

    /** Every token signing key, by key id. */
    public Map<String, Setting.TokenKey> tokenKeys() {
        return history.allAt(version, ConfigurationKind.TOKEN_KEY, Piece::key, Setting.TokenKey.class);
    }

    /** Every key that signs session access tokens, by key id. */
    public Map<String, Setting.SessionKey> sessionKeys() {
        return history.allAt(version, ConfigurationKind.SESSION_KEY, Piece::key, Setting.SessionKey.class);
    }

    /** The value of any piece, empty where it was never set or is removed. */
    public <S extends Setting> Optional<S> value(Piece piece, Class<S> type) {
        return history.valueAt(piece, version).map(type::cast);
    }

    /** Version at which the piece was last changed, 0 if it never was: what the next change is based on. */
    public long changedAt(Piece piece) {
        return history.changedAt(piece, version);
    }
}
