package sluice.challenge.kafka;

import java.time.Instant;
import sluice.challenge.domain.Asker;
import sluice.challenge.domain.Outcome;
import sluice.schemas.Action;
import sluice.schemas.ExpireAction;
import sluice.schemas.Reply;
import sluice.schemas.UserChange;
import sluice.schemas.UserCommand;
import sluice.schemas.UserCommandKind;
import sluice.schemas.id.DerivedId;
import sluice.schemas.id.UserKey;

/** Makes records of what the world is told. */
final class OutcomeMapper {
    private OutcomeMapper() {}

    static Outgoing toRecord(Outcome outcome) {
        return outcome.match(new Outcome.Cases<>() {
            @Override
            public Outgoing transitioned(Outcome.Transitioned told) {
                var transition = told.transition();
                return new Outgoing(transition.action().userKey(), ActionMapper.toAvro(transition));
            }

            @Override
            public Outgoing answered(Outcome.Answered told) {
                var reply = Reply.newBuilder()
                        .setCauseId(told.to().eventId())
                        .setAction(ActionMapper.withoutExplanation(ActionMapper.withoutHistory(told.action())))
                        .setVerification(
                                told.verification().map(EventMapper::toAvro).orElse(null))
                        .build();
                return new Outgoing(keyOf(told.to()), reply);
            }

            /** A reply without an action. */
            @Override
            public Outgoing notFound(Outcome.NotFound told) {
                var reply = Reply.newBuilder().setCauseId(told.to().eventId()).build();
                return new Outgoing(keyOf(told.to()), reply);
            }
        });
    }

    static Outgoing reply(Asker to, UserChange change) {
        var reply = Reply.newBuilder()
                .setCauseId(to.eventId())
                .setUserChange(change)
                .build();
        return new Outgoing(keyOf(to), reply);
    }

    /** The key of a reply is its partition, which is all that a partitioner sees. */
    private static String keyOf(Asker asker) {
        return String.valueOf(asker.partition());
    }

    /** A challenge that was opened again ends again, by a command of its own. */
    private static String expiryOf(Action action) {
        var reopenedUntil = action.getExpiresAt();
        return reopenedUntil == null ? "expiry" : "expiry-" + reopenedUntil.toEpochMilli();
    }

    /** Asks to end a decided action's challenge; however often, it is the same command. */
    static Outgoing expire(Action action, Instant now) {
        var decision = action.getDecision();
        var command = UserCommand.newBuilder()
                .setEventId(DerivedId.of(decision.getEventId(), expiryOf(action)))
                .setTenantId(action.getTenantId())
                .setUserId(action.getUserId())
                .setReceivedAt(now)
                .setConfigurationVersion(decision.getConfigurationVersion())
                .setKind(UserCommandKind.EXPIRE_ACTION)
                .setExpireAction(new ExpireAction(action.getActionCode(), action.getIdempotencyKey()))
                .build();
        return new Outgoing(UserKey.of(action.getTenantId(), action.getUserId()), command);
    }
}
