package sluice.rules.domain;

/** An event names a tenant that the configuration does not have. */
public final class NoSuchTenantException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchTenantException(String tenantId) {
        super("No tenant " + tenantId);
    }
}
