package sluice.track.tenant;

import java.util.Locale;
import sluice.runtime.configuration.domain.Setting.Tenant;

/** Which API a secret opens. */
public enum SecretKind {
    SERVER("SLUICE_API_SECRET"),
    MANAGEMENT("SLUICE_MANAGEMENT_SECRET");

    private final String setting;

    SecretKind(String setting) {
        this.setting = setting;
    }

    /** The setting that gives one to an ingress. */
    public String setting() {
        return setting;
    }

    /** What operators call it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A tenant's secrets of this kind. */
    public Secrets of(Tenant tenant) {
        return new Secrets(
                switch (this) {
                    case SERVER -> tenant.apiSecrets();
                    case MANAGEMENT -> tenant.managementSecrets();
                });
    }

    /** The tenant with other secrets of this kind. */
    Tenant with(Tenant tenant, Secrets secrets) {
        return switch (this) {
            case SERVER -> tenant.withApiSecrets(secrets.keys());
            case MANAGEMENT -> tenant.withManagementSecrets(secrets.keys());
        };
    }
}
