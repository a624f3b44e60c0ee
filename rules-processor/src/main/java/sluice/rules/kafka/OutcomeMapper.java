package sluice.rules.kafka;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.ActionUpdate;
import sluice.rules.domain.Authenticator;
import sluice.rules.domain.Cause;
import sluice.rules.domain.Decision;
import sluice.rules.domain.Outcome;
import sluice.runtime.audit.ActorMapper;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.UserChange;
import sluice.schemas.Verification;

/** Carries outcomes to the log, and back from the user's record, which remembers them. */
public final class OutcomeMapper {
    private OutcomeMapper() {}

    /** What goes on the users' topics of an event, in order; what was observed beside it goes elsewhere. */
    public static List<SpecificRecord> toRecords(List<Outcome> outcomes, OutwardContacts contacts) {
        return outcomes.stream().flatMap(outcome -> toRecord(outcome, contacts)).toList();
    }

    private static Stream<SpecificRecord> toRecord(Outcome outcome, OutwardContacts contacts) {
        return outcome.match(new Outcome.Cases<>() {
            @Override
            public Stream<SpecificRecord> decided(Outcome.Decided decided) {
                return Stream.of(toAvro(decided.decision()));
            }

            @Override
            public Stream<SpecificRecord> verified(Outcome.Verified verified) {
                return Stream.of(contacts.sealed(toAvro(verified)));
            }

            @Override
            public Stream<SpecificRecord> changed(Outcome.Changed changed) {
                return Stream.of(contacts.sealed(toAvro(changed)));
            }

            @Override
            public Stream<SpecificRecord> observed(Outcome.Observed observed) {
                return Stream.of();
            }
        });
    }

    static sluice.schemas.Decision toAvro(Decision decision) {
        return sluice.schemas.Decision.newBuilder()
                .setEventId(decision.eventId())
                .setCauseId(decision.cause().eventId())
                .setTenantId(decision.cause().tenantId())
                .setUserId(decision.cause().userId())
                .setActionCode(decision.action().actionCode())
                .setIdempotencyKey(decision.action().idempotencyKey())
                .setDecidedAt(decision.cause().at())
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
                .setSealedExplanation(decision.explanation().map(Sealed::buffer).orElse(null))
                .setBy(ActorMapper.toAvro(decision.cause().by()))
                .build();
    }

    static Decision toDomain(sluice.schemas.Decision read) {
        return new Decision(
                read.getEventId(),
                new Cause(
                        read.getCauseId(),
                        read.getTenantId(),
                        read.getUserId(),
                        read.getDecidedAt(),
                        ActorMapper.toDomain(read.getBy())),
                new ActionKey(read.getActionCode(), read.getIdempotencyKey()),
                read.getOutcome(),
                read.getState(),
                read.getRuleIds(),
                read.getConfigurationVersion(),
                read.getEnrolledVerificationMethods(),
                read.getAllowedVerificationMethods(),
                Optional.ofNullable(read.getDefaultVerificationMethod()),
                Optional.ofNullable(read.getExpiresAt()),
                read.getShadowRuleIds(),
                Optional.ofNullable(read.getShadowOutcome()),
                Optional.ofNullable(read.getSealedExplanation()).map(Sealed::of));
    }

    static Verification toAvro(Outcome.Verified outcome) {
        return Verification.newBuilder()
                .setEventId(outcome.eventId())
                .setCauseId(outcome.cause().eventId())
                .setTenantId(outcome.cause().tenantId())
                .setUserId(outcome.cause().userId())
                .setActionCode(outcome.action().actionCode())
                .setIdempotencyKey(outcome.action().idempotencyKey())
                .setVerifiedAt(outcome.cause().at())
                .setResult(outcome.result())
                .setCause(outcome.refusal().orElse(null))
                .setMethod(outcome.method())
                .setAttempt(outcome.attempt())
                .setAuthenticator(toAvro(outcome.authenticator()))
                .setEnrolled(outcome.enrolled())
                .setRetryAt(outcome.retryAt().orElse(null))
                .setBy(ActorMapper.toAvro(outcome.cause().by()))
                .build();
    }

    static Outcome.Verified toDomain(Verification read) {
        return new Outcome.Verified(
                read.getEventId(),
                new Cause(
                        read.getCauseId(),
                        read.getTenantId(),
                        read.getUserId(),
                        read.getVerifiedAt(),
                        ActorMapper.toDomain(read.getBy())),
                new ActionKey(read.getActionCode(), read.getIdempotencyKey()),
                read.getResult(),
                Optional.ofNullable(read.getCause()),
                read.getMethod(),
                read.getAttempt(),
                Optional.ofNullable(read.getAuthenticator()).map(OutcomeMapper::toDomain),
                read.getEnrolled(),
                Optional.ofNullable(read.getRetryAt()));
    }

    static UserChange toAvro(Outcome.Changed outcome) {
        return UserChange.newBuilder()
                .setEventId(outcome.eventId())
                .setCauseId(outcome.cause().eventId())
                .setTenantId(outcome.cause().tenantId())
                .setUserId(outcome.cause().userId())
                .setChangedAt(outcome.cause().at())
                .setKind(outcome.kind())
                .setAuthenticator(toAvro(outcome.authenticator()))
                .setRefusal(outcome.refusal().orElse(null))
                .setActionUpdate(outcome.update().map(OutcomeMapper::toAvro).orElse(null))
                .setRetryAt(outcome.retryAt().orElse(null))
                .setRecoveryCodes(toAvro(outcome.recoveryCodes()))
                .setSession(outcome.session().map(SessionMapper::toAvro).orElse(null))
                .setBy(ActorMapper.toAvro(outcome.cause().by()))
                .build();
    }

    static Outcome.Changed toDomain(UserChange read) {
        return new Outcome.Changed(
                read.getEventId(),
                new Cause(
                        read.getCauseId(),
                        read.getTenantId(),
                        read.getUserId(),
                        read.getChangedAt(),
                        ActorMapper.toDomain(read.getBy())),
                read.getKind(),
                Optional.ofNullable(read.getAuthenticator()).map(OutcomeMapper::toDomain),
                Optional.ofNullable(read.getRefusal()),
                Optional.ofNullable(read.getActionUpdate()).map(OutcomeMapper::toDomain),
                Optional.ofNullable(read.getRecoveryCodes()).map(OutcomeMapper::toDomain),
                Optional.ofNullable(read.getSession()).map(SessionMapper::toDomain),
                Optional.ofNullable(read.getRetryAt()));
    }

    private static sluice.schemas.ActionUpdate toAvro(ActionUpdate update) {
        return new sluice.schemas.ActionUpdate(
                update.action().actionCode(),
                update.action().idempotencyKey(),
                update.state(),
                update.isRecent(),
                update.expiresAt().orElse(null));
    }

    private static ActionUpdate toDomain(sluice.schemas.ActionUpdate read) {
        return new ActionUpdate(
                new ActionKey(read.getActionCode(), read.getIdempotencyKey()),
                read.getState(),
                read.getIsRecent(),
                Optional.ofNullable(read.getExpiresAt()));
    }

    private static sluice.schemas.@Nullable Authenticator toAvro(Optional<Authenticator> authenticator) {
        return authenticator.map(OutcomeMapper::toAvro).orElse(null);
    }

    static sluice.schemas.Authenticator toAvro(Authenticator authenticator) {
        return sluice.schemas.Authenticator.newBuilder()
                .setAuthenticatorId(authenticator.authenticatorId())
                .setMethod(authenticator.method())
                .setCreatedAt(authenticator.createdAt())
                .setVerifiedAt(authenticator.verifiedAt().orElse(null))
                .setLastVerifiedAt(authenticator.lastVerifiedAt().orElse(null))
                .setIsDefault(authenticator.isDefault())
                .setSealedContact(authenticator.contact().map(Sealed::buffer).orElse(null))
                .build();
    }

    static Authenticator toDomain(sluice.schemas.Authenticator read) {
        return new Authenticator(
                read.getAuthenticatorId(),
                read.getMethod(),
                read.getCreatedAt(),
                Optional.ofNullable(read.getVerifiedAt()),
                Optional.ofNullable(read.getLastVerifiedAt()),
                read.getIsDefault(),
                Optional.ofNullable(read.getSealedContact()).map(Sealed::of));
    }
}
