package sluice.challenge.kafka;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.challenge.domain.Action;
import sluice.challenge.domain.ActionKey;
import sluice.challenge.domain.Transition;
import sluice.challenge.domain.Waiting;
import sluice.challenge.domain.WaitingUpdate;
import sluice.runtime.audit.ActorMapper;
import sluice.schemas.Applied;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.WaitingVerification;

/** Carries actions to their store and back, and transitions to the world. */
final class ActionMapper {
    /** Offset of a decision whose place on the log is not told. */
    private static final long NOWHERE = -1;

    private ActionMapper() {}

    static Action toDomain(sluice.schemas.Action read) {
        if (read.getDecision() == null) {
            var key =
                    new ActionKey(read.getTenantId(), read.getUserId(), read.getActionCode(), read.getIdempotencyKey());
            return new Action.Awaiting(
                    key,
                    read.getWaiting().stream().map(ActionMapper::toDomain).toList(),
                    read.getWaitingUpdates().stream()
                            .map(ActionMapper::toDomain)
                            .toList());
        }
        var transitions = read.getApplied().stream()
                .flatMap(applied -> Optional.ofNullable(applied.getTransition()).stream())
                .map(ActionMapper::toDomain)
                .toList();
        var idle = read.getApplied().stream()
                .filter(applied -> applied.getTransition() == null)
                .map(Applied::getCauseId)
                .toList();
        return new Action.Decided(
                EventMapper.toDomain(read.getDecision()),
                read.getAttempts(),
                transitions,
                idle,
                Optional.ofNullable(read.getExpiresAt()));
    }

    /**
     * The action as it is kept: without what explains its decision, which stays on the log.
     *
     * @param before as it was kept so far
     * @param offset of what it comes from, which is its decision unless it was decided before
     */
    static sluice.schemas.Action toAvro(Action action, sluice.schemas.@Nullable Action before, long offset) {
        var kept = toAvro(action);
        if (kept.getDecision() == null) return kept;
        if (before == null || before.getDecision() == null) {
            kept.setDecisionOffset(offset);
        } else {
            kept.setDecisionOffset(before.getDecisionOffset());
            kept.getDecision().setSealedExplanation(before.getDecision().getSealedExplanation());
        }
        return kept;
    }

    private static sluice.schemas.Action toAvro(Action action) {
        return action.match(new Action.Cases<>() {
            @Override
            public sluice.schemas.Action awaiting(Action.Awaiting awaiting) {
                return named(awaiting.key())
                        .setWaiting(awaiting.waiting().stream()
                                .map(ActionMapper::toAvro)
                                .toList())
                        .setWaitingUpdates(awaiting.updates().stream()
                                .map(ActionMapper::toAvro)
                                .toList())
                        .build();
            }

            @Override
            public sluice.schemas.Action decided(Action.Decided decided) {
                var avro = withoutHistory(decided);
                avro.setApplied(Stream.concat(
                                decided.transitions().stream().map(each -> new Applied(each.causeId(), toAvro(each))),
                                decided.idle().stream().map(causeId -> new Applied(causeId, null)))
                        .toList());
                return avro;
            }
        });
    }

    /** The action as others may see it. */
    static sluice.schemas.Action withoutHistory(Action.Decided action) {
        return named(action.key())
                .setState(action.state())
                .setStateUpdatedAt(action.stateUpdatedAt())
                .setDecision(EventMapper.toAvro(action.decision()))
                .setVerificationMethod(action.verificationMethod().orElse(null))
                .setAuthenticatorId(action.authenticatorId().orElse(null))
                .setAttempts(action.attempts())
                .setExpiresAt(action.reopenedUntil().orElse(null))
                .setApplied(List.of()) // said, since Avro takes long to find a default
                .setWaiting(List.of())
                .setWaitingUpdates(List.of())
                .setDecisionOffset(NOWHERE)
                .build();
    }

    /** The same of a stored action, which stays as it is. */
    static sluice.schemas.Action withoutHistory(sluice.schemas.Action stored) {
        return sluice.schemas.Action.newBuilder()
                .setTenantId(stored.getTenantId())
                .setUserId(stored.getUserId())
                .setActionCode(stored.getActionCode())
                .setIdempotencyKey(stored.getIdempotencyKey())
                .setState(stored.getState())
                .setStateUpdatedAt(stored.getStateUpdatedAt())
                .setDecision(stored.getDecision())
                .setVerificationMethod(stored.getVerificationMethod())
                .setAuthenticatorId(stored.getAuthenticatorId())
                .setAttempts(stored.getAttempts())
                .setExpiresAt(stored.getExpiresAt())
                .setApplied(List.of())
                .setWaiting(List.of())
                .setWaitingUpdates(List.of())
                .setDecisionOffset(NOWHERE)
                .build();
    }

    /** The same without what older actions keep; itself where there is nothing: a copy is deep. */
    static sluice.schemas.Action withoutExplanation(sluice.schemas.Action action) {
        if (action.getDecision().getSealedExplanation() == null) return action;
        var decision = sluice.schemas.Decision.newBuilder(action.getDecision())
                .setSealedExplanation(null)
                .build();
        return sluice.schemas.Action.newBuilder(action).setDecision(decision).build();
    }

    private static sluice.schemas.Action.Builder named(ActionKey key) {
        return sluice.schemas.Action.newBuilder()
                .setTenantId(key.tenantId())
                .setUserId(key.userId())
                .setActionCode(key.actionCode())
                .setIdempotencyKey(key.idempotencyKey());
    }

    static ChallengeTransition toAvro(Transition transition) {
        return ChallengeTransition.newBuilder()
                .setEventId(transition.eventId())
                .setCauseId(transition.causeId())
                .setTenantId(transition.action().tenantId())
                .setUserId(transition.action().userId())
                .setActionCode(transition.action().actionCode())
                .setIdempotencyKey(transition.action().idempotencyKey())
                .setFrom(transition.from().orElse(null))
                .setTo(transition.to())
                .setTransitionedAt(transition.transitionedAt())
                .setReason(transition.reason())
                .setRuleIds(transition.ruleIds())
                .setConfigurationVersion(transition.configurationVersion())
                .setAttempt(transition.attempt())
                .setVerificationMethod(transition.method().orElse(null))
                .setAuthenticatorId(transition.authenticatorId().orElse(null))
                .setLatencyMillis(transition.latencyMillis())
                .setBy(ActorMapper.toAvro(transition.by()))
                .build();
    }

    private static Transition toDomain(ChallengeTransition read) {
        return new Transition(
                read.getEventId(),
                read.getCauseId(),
                new ActionKey(read.getTenantId(), read.getUserId(), read.getActionCode(), read.getIdempotencyKey()),
                Optional.ofNullable(read.getFrom()),
                read.getTo(),
                read.getTransitionedAt(),
                read.getReason(),
                read.getRuleIds(),
                read.getConfigurationVersion(),
                read.getAttempt(),
                Optional.ofNullable(read.getVerificationMethod()),
                Optional.ofNullable(read.getAuthenticatorId()),
                read.getLatencyMillis(),
                ActorMapper.toDomain(read.getBy()));
    }

    private static sluice.schemas.WaitingUpdate toAvro(WaitingUpdate waiting) {
        return new sluice.schemas.WaitingUpdate(
                EventMapper.toAvro(waiting.update()), waiting.replyPartition().orElse(null));
    }

    private static WaitingUpdate toDomain(sluice.schemas.WaitingUpdate read) {
        return new WaitingUpdate(EventMapper.toDomain(read.getUpdate()), Optional.ofNullable(read.getReplyPartition()));
    }

    private static WaitingVerification toAvro(Waiting waiting) {
        return new WaitingVerification(
                EventMapper.toAvro(waiting.verification()),
                waiting.replyPartition().orElse(null));
    }

    private static Waiting toDomain(WaitingVerification read) {
        return new Waiting(EventMapper.toDomain(read.getVerification()), Optional.ofNullable(read.getReplyPartition()));
    }
}
