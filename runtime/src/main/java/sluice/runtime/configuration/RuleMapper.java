package sluice.runtime.configuration;

import java.util.List;
import java.util.Optional;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.RuleConfiguration;

/** Carries rules from the log to the domain and back. */
public final class RuleMapper {
    private RuleMapper() {}

    public static Setting.Rule toDomain(RuleConfiguration rule) {
        return new Setting.Rule(
                rule.getName(),
                Optional.ofNullable(rule.getDescription()),
                rule.getIsActive(),
                rule.getPriority(),
                rule.getType(),
                rule.getConditions(),
                Optional.ofNullable(rule.getVerificationMethods()).map(List::copyOf),
                Optional.ofNullable(rule.getPromptToEnrollVerificationMethods()).map(List::copyOf),
                Optional.ofNullable(rule.getDefaultVerificationMethod()),
                rule.getIsShadow());
    }

    public static RuleConfiguration toAvro(Setting.Rule rule) {
        return new RuleConfiguration(
                rule.name(),
                rule.description().orElse(null),
                rule.isActive(),
                rule.priority(),
                rule.type(),
                rule.conditions(),
                rule.verificationMethods().orElse(null),
                rule.promptToEnrollVerificationMethods().orElse(null),
                rule.defaultVerificationMethod().orElse(null),
                rule.isShadow());
    }
}
