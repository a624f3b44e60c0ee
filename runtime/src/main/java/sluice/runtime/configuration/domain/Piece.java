package sluice.runtime.configuration.domain;

import sluice.schemas.ConfigurationKind;

/**
 * Names one piece of configuration.
 *
 * @param tenantId the tenant; empty for what all tenants share
 * @param kind what it is about
 * @param key which one of the kind; empty for the tenant itself
 */
public record Piece(String tenantId, ConfigurationKind kind, String key) {
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
}
