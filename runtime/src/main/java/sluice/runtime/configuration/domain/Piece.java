package sluice.runtime.configuration.domain;

import sluice.schemas.ConfigurationKind;

/**
 * Names one piece of configuration.
 *
 * @param tenantId the tenant; empty for what all tenants share
 * @param kind what it is about
 * @param key which one of the kind; empty for what a tenant has one of
 */
public record Piece(String tenantId, ConfigurationKind kind, String key) {
    public Piece {
        if (kind == ConfigurationKind.RULE && key.indexOf('/') < 0) {
            throw new IllegalArgumentException("A rule of no action code");
        }
    }

    public static Piece tenant(String tenantId) {
        return new Piece(tenantId, ConfigurationKind.TENANT, "");
    }

    public static Piece action(String tenantId, String actionCode) {
        return new Piece(tenantId, ConfigurationKind.ACTION, actionCode);
    }

    public static Piece authenticator(String tenantId, String method) {
        return new Piece(tenantId, ConfigurationKind.AUTHENTICATOR, method);
    }

    public static Piece tokenKey(String keyId) {
        return new Piece("", ConfigurationKind.TOKEN_KEY, keyId);
    }

    public static Piece sessionKey(String keyId) {
        return new Piece("", ConfigurationKind.SESSION_KEY, keyId);
    }

    public static Piece valueList(String tenantId, String alias) {
        return new Piece(tenantId, ConfigurationKind.VALUE_LIST, alias);
    }

    /** A rule is known by its action code too, which has no slash. */
    public static Piece rule(String tenantId, String actionCode, String ruleId) {
        return new Piece(tenantId, ConfigurationKind.RULE, actionCode + "/" + ruleId);
    }

    public static Piece customDataPoint(String tenantId, String id) {
        return new Piece(tenantId, ConfigurationKind.CUSTOM_DATA_POINT, id);
    }

    public static Piece theme(String tenantId) {
        return new Piece(tenantId, ConfigurationKind.THEME, "");
    }

    public static Piece messageOverrides(String tenantId) {
        return new Piece(tenantId, ConfigurationKind.MESSAGE_OVERRIDES, "");
    }
}
