package sluice.challenge.kafka;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.challenge.domain.ActionKey;
import sluice.challenge.domain.Authenticator;
import sluice.challenge.domain.Decision;
import sluice.challenge.domain.Update;
import sluice.challenge.domain.Verification;
import sluice.runtime.audit.ActorMapper;
import sluice.schemas.ActionUpdate;
import sluice.schemas.UserChange;
import sluice.schemas.UserChangeKind;

/** Carries decisions and verifications to the domain, and back to the action's record, which keeps them. */
final class EventMapper {
    private EventMapper() {}

    /** @throws IllegalArgumentException if it is no sound decision */
    static Decision toDomain(sluice.schemas.Decision read) {
        return new Decision(
                read.getEventId(),
                read.getCauseId(),
                new ActionKey(read.getTenantId(), read.getUserId(), read.getActionCode(), read.getIdempotencyKey()),
                read.getDecidedAt(),
                read.getOutcome(),
                read.getState(),
                read.getRuleIds(),
                read.getConfigurationVersion(),
                read.getIsEnrolled(),
                read.getEnrolledVerificationMethods(),
                read.getAllowedVerificationMethods(),
                Optional.ofNullable(read.getDefaultVerificationMethod()),
                Optional.ofNullable(read.getExpiresAt()),
                read.getShadowRuleIds(),
                Optional.ofNullable(read.getShadowOutcome()),
                ActorMapper.toDomain(read.getBy()));
    }

    static sluice.schemas.Decision toAvro(Decision decision) {
        return sluice.schemas.Decision.newBuilder()
                .setEventId(decision.eventId())
                .setCauseId(decision.causeId())
                .setTenantId(decision.action().tenantId())
                .setUserId(decision.action().userId())
                .setActionCode(decision.action().actionCode())
                .setIdempotencyKey(decision.action().idempotencyKey())
                .setDecidedAt(decision.decidedAt())
                .setOutcome(decision.outcome())
                .setState(decision.state())
                .setRuleIds(decision.ruleIds())
                .setConfigurationVersion(decision.configurationVersion())
                .setIsEnrolled(decision.isEnrolled())
                .setEnrolledVerificationMethods(decision.enrolledMethods())
                .setAllowedVerificationMethods(decision.allowedMethods())
                .setDefaultVerificationMethod(decision.defaultMethod().orElse(null))
                .setExpiresAt(decision.expiresAt().orElse(null))
                .setShadowRuleIds(decision.shadowRuleIds())
                .setShadowOutcome(decision.shadowOutcome().orElse(null))
                .setBy(ActorMapper.toAvro(decision.by()))
                .build();
    }

    /** @throws IllegalArgumentException if it is no sound verification */
    static Verification toDomain(sluice.schemas.Verification read) {
        return new Verification(
                read.getEventId(),
                read.getCauseId(),
                new ActionKey(read.getTenantId(), read.getUserId(), read.getActionCode(), read.getIdempotencyKey()),
                read.getVerifiedAt(),
                read.getResult(),
                Optional.ofNullable(read.getCause()),
                read.getMethod(),
                read.getAttempt(),
                Optional.ofNullable(read.getAuthenticator()).map(EventMapper::toDomain),
                read.getEnrolled(),
                Optional.ofNullable(read.getRetryAt()),
                ActorMapper.toDomain(read.getBy()));
    }

    static sluice.schemas.Verification toAvro(Verification verification) {
        return sluice.schemas.Verification.newBuilder()
                .setEventId(verification.eventId())
                .setCauseId(verification.causeId())
                .setTenantId(verification.action().tenantId())
                .setUserId(verification.action().userId())
                .setActionCode(verification.action().actionCode())
                .setIdempotencyKey(verification.action().idempotencyKey())
                .setVerifiedAt(verification.verifiedAt())
                .setResult(verification.result())
                .setCause(verification.refusal().orElse(null))
                .setMethod(verification.method())
                .setAttempt(verification.attempt())
                .setAuthenticator(toAvro(verification.authenticator()))
                .setEnrolled(verification.enrolled())
                .setRetryAt(verification.retryAt().orElse(null))
                .setBy(ActorMapper.toAvro(verification.by()))
                .build();
    }

    /** @throws IllegalArgumentException if it is no sound update */
    static Update toDomain(UserChange read) {
        var update = read.getActionUpdate();
        if (update == null) throw new IllegalArgumentException("An update without its details");
        return new Update(
                read.getEventId(),
                read.getCauseId(),
                new ActionKey(read.getTenantId(), read.getUserId(), update.getActionCode(), update.getIdempotencyKey()),
                read.getChangedAt(),
                update.getState(),
                update.getIsRecent(),
                Optional.ofNullable(update.getExpiresAt()),
                ActorMapper.toDomain(read.getBy()));
    }

    static UserChange toAvro(Update update) {
        var key = update.action();
        return UserChange.newBuilder()
                .setEventId(update.eventId())
                .setCauseId(update.causeId())
                .setTenantId(key.tenantId())
                .setUserId(key.userId())
                .setChangedAt(update.updatedAt())
                .setKind(UserChangeKind.ACTION_UPDATED)
                .setActionUpdate(new ActionUpdate(
                        key.actionCode(),
                        key.idempotencyKey(),
                        update.state(),
                        update.isRecent(),
                        update.expiresAt().orElse(null)))
                .setBy(ActorMapper.toAvro(update.by()))
                .build();
    }

    private static Authenticator toDomain(sluice.schemas.Authenticator read) {
        return new Authenticator(
                read.getAuthenticatorId(),
                read.getMethod(),
                read.getCreatedAt(),
                Optional.ofNullable(read.getVerifiedAt()),
                Optional.ofNullable(read.getLastVerifiedAt()),
                read.getIsDefault());
    }

    private static sluice.schemas.@Nullable Authenticator toAvro(Optional<Authenticator> authenticator) {
        return authenticator
                .map(known -> sluice.schemas.Authenticator.newBuilder()
                        .setAuthenticatorId(known.authenticatorId())
                        .setMethod(known.method())
                        .setCreatedAt(known.createdAt())
                        .setVerifiedAt(known.verifiedAt().orElse(null))
                        .setLastVerifiedAt(known.lastVerifiedAt().orElse(null))
                        .setIsDefault(known.isDefault())
                        .build())
                .orElse(null);
    }
}
