package sluice.runtime.configuration.domain;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import sluice.rule.CustomDataPoint;
import sluice.rule.Vocabulary;
import sluice.schemas.ConfigurationKind;
import sluice.schemas.VerificationMethod;

/** The whole configuration as it was at one version. Immutable in effect: later changes don't show. */
public final class ConfigurationView {
    private final ConfigurationHistory history;
    private final long version;
    private final Map<Piece, RuleSet> standIns;

    ConfigurationView(ConfigurationHistory history, long version) {
        this(history, version, Map.of());
    }

    private ConfigurationView(ConfigurationHistory history, long version, Map<Piece, RuleSet> standIns) {
        this.history = history;
        this.version = version;
        this.standIns = standIns;
    }

    /**
     * The same configuration with other rule sets for some actions, for who asks what they would have decided. All else
     * is as it was, the version too; {@link #rules} still tells the rules that there are.
     *
     * @param ruleSets by action
     */
    public ConfigurationView with(Map<Piece, RuleSet> ruleSets) {
        return new ConfigurationView(history, version, Map.copyOf(ruleSets));
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

    /** The active rules of an action code, compiled: once for all versions in which they are the same. */
    public RuleSet ruleSet(String tenantId, String actionCode) {
        var standIn = standIns.isEmpty() ? null : standIns.get(Piece.action(tenantId, actionCode));
        return standIn == null ? history.ruleSet(this, tenantId, actionCode) : standIn;
    }

    /**
     * Compiles rules that the configuration does not have, under its lists and data points. One that does not compile
     * is left out.
     *
     * @param rules by id
     */
    public RuleSet compiled(String tenantId, Map<String, Setting.Rule> rules) {
        return RuleSet.of(rules, vocabulary(tenantId));
    }

    /** The tenant's data points that track calls bring, by name; of two with one name that with the smaller id. */
    public Map<String, CustomDataPoint> actionPoints(String tenantId) {
        return history.actionPoints(this, tenantId);
    }

    /** Every rule of an action code, by id. */
    public Map<String, Setting.Rule> rules(String tenantId, String actionCode) {
        var prefix = actionCode + "/";
        return history.allAt(
                version,
                ConfigurationKind.RULE,
                piece -> piece.tenantId().equals(tenantId) && piece.key().startsWith(prefix),
                piece -> piece.key().substring(prefix.length()),
                Setting.Rule.class);
    }

    /** What the tenant's rules may name. */
    public Vocabulary vocabulary(String tenantId) {
        return Vocabularies.of(customDataPoints(tenantId), valueLists(tenantId));
    }

    /** The first active rule of the tenant that a change to a list or data point would leave without meaning. */
    public Optional<RuleSet.Fault> fault(Piece piece, Optional<? extends Setting> after) {
        var points = new HashMap<>(customDataPoints(piece.tenantId()));
        var lists = new HashMap<>(valueLists(piece.tenantId()));
        if (piece.kind() == ConfigurationKind.CUSTOM_DATA_POINT) points.remove(piece.key());
        if (piece.kind() == ConfigurationKind.VALUE_LIST) lists.remove(piece.key());
        after.ifPresent(value -> {
            if (value instanceof Setting.CustomDataPoint point) points.put(piece.key(), point);
            if (value instanceof Setting.ValueList list) lists.put(piece.key(), list);
        });
        var rules = history.allAt(
                version,
                ConfigurationKind.RULE,
                each -> each.tenantId().equals(piece.tenantId()),
                Piece::key,
                Setting.Rule.class);
        return RuleSet.fault(rules, vocabulary(piece.tenantId()), Vocabularies.of(points, lists));
    }

    Map<String, Setting.CustomDataPoint> customDataPoints(String tenantId) {
        return ofTenant(tenantId, ConfigurationKind.CUSTOM_DATA_POINT, Setting.CustomDataPoint.class);
    }

    private Map<String, Setting.ValueList> valueLists(String tenantId) {
        return ofTenant(tenantId, ConfigurationKind.VALUE_LIST, Setting.ValueList.class);
    }

    private <S extends Setting> Map<String, S> ofTenant(String tenantId, ConfigurationKind kind, Class<S> type) {
        return history.allAt(version, kind, piece -> piece.tenantId().equals(tenantId), Piece::key, type);
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
