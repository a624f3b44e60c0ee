package sluice.challenge.kafka;

import java.time.Instant;
import sluice.challenge.domain.Asker;
import sluice.challenge.domain.Outcome;
import sluice.runtime.audit.ActorMapper;
import sluice.schemas.Action;
import sluice.schemas.ActionState;
import sluice.schemas.Actor;
import sluice.schemas.ExpireAction;
import sluice.schemas.Reply;
import sluice.schemas.UserChange;
import sluice.schemas.UserCommand;
import sluice.schemas.UserCommandKind;
import sluice.schemas.id.DerivedId;
import sluice.schemas.id.UserKey;

/** Makes records of what the world is told. */
final class OutcomeMapper {
    private static final Actor ENDING =
            ActorMapper.toAvro(sluice.runtime.audit.domain.Actor.sluice("expire-challenge"));
    private static final Actor FORGETTING =
            ActorMapper.toAvro(sluice.runtime.audit.domain.Actor.sluice("forget-nobody"));

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
                        .setAction(ActionMapper.withoutHistory(told.action()))
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

    /** Asks to end an open action's challenge, or to forget the made-up user of one that was met. */
    static Outgoing end(Action action, Instant now) {
        return action.getState() == ActionState.CHALLENGE_REQUIRED ? expire(action, now) : forget(action, now);
    }

    private static Outgoing expire(Action action, Instant now) {
        var command = command(action, expiryOf(action), now)
                .setBy(ENDING)
                .setKind(UserCommandKind.EXPIRE_ACTION)
                .setExpireAction(new ExpireAction(action.getActionCode(), action.getIdempotencyKey()))
                .build();
        return outgoing(command);
    }

    private static Outgoing forget(Action action, Instant now) {
        return outgoing(command(action, "forgetting", now)
                .setBy(FORGETTING)
                .setKind(UserCommandKind.DELETE_USER)
                .build());
    }

    /** However often it is asked, it is the same command. */
    private static UserCommand.Builder command(Action action, String what, Instant now) {
        var decision = action.getDecision();
        return UserCommand.newBuilder()
                .setEventId(DerivedId.of(decision.getEventId(), what))
                .setTenantId(action.getTenantId())
                .setUserId(action.getUserId())
                .setReceivedAt(now)
                .setConfigurationVersion(decision.getConfigurationVersion());
    }

    private static Outgoing outgoing(UserCommand command) {
        return new Outgoing(UserKey.of(command.getTenantId(), command.getUserId()), command);
    }
}
