package sluice.track.http;

import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Setting.Tenant;

/** Whom the user deals with. */
final class Brand {
    private static final String UNBRANDED = "Verification";

    private Brand() {}

    /** The tenant's name, where it is one for people: at first it is the id. */
    static String of(String tenantId, ConfigurationView configuration) {
        return configuration
                .tenant(tenantId)
                .map(Tenant::name)
                .filter(name -> !name.equals(tenantId))
                .orElse(UNBRANDED);
    }
}
