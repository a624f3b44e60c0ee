package sluice.rules.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.Cause;
import sluice.rules.domain.Event;
import sluice.rules.domain.Grant;
import sluice.rules.domain.Profile;
import sluice.rules.domain.RecoveryCodes;
import sluice.rules.domain.Signals;
import sluice.runtime.audit.ActorMapper;
import sluice.runtime.kafka.MalformedEventException;
import sluice.runtime.seal.SealBrokenException;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.ActionState;
import sluice.schemas.Actor;
import sluice.schemas.AddAuthenticator;
import sluice.schemas.ClaimChallenge;
import sluice.schemas.ClientGrant;
import sluice.schemas.EnrollAuthenticator;
import sluice.schemas.EnrollContact;
import sluice.schemas.ExpireAction;
import sluice.schemas.IssueRecoveryCodes;
import sluice.schemas.NewRecoveryCodes;
import sluice.schemas.ProfileField;
import sluice.schemas.RecoveryHashes;
import sluice.schemas.RemoveAuthenticator;
import sluice.schemas.SendCode;
import sluice.schemas.TrackAttributes;
import sluice.schemas.TrackEvent;
import sluice.schemas.UpdateAction;
import sluice.schemas.UpdateAuthenticator;
import sluice.schemas.UpdateUser;
import sluice.schemas.UserCommand;
import sluice.schemas.UserUpdate;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerifyEvent;
import sluice.schemas.id.EventTime;
import sluice.schemas.id.UserKey;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.SchemaIds;

/**
 * Makes events of the records on the log: opens what is sealed and checks what anybody may have written there.
 *
 * <p>Every method throws {@link MalformedEventException} where a record is no sound event.
 */
public final class EventMapper {
    private final Sealing sealing;
    private final AvroSerde<TrackAttributes> attributes;
    private final AvroSerde<UserUpdate> updates;
    private final AvroSerde<RecoveryHashes> recoveryHashes;

    public EventMapper(Sealing sealing, SchemaIds ids) {
        this.sealing = sealing;
        this.attributes = new AvroSerde<>(TrackAttributes.class, ids);
        this.updates = new AvroSerde<>(UserUpdate.class, ids);
        this.recoveryHashes = new AvroSerde<>(RecoveryHashes.class, ids);
    }

    public Incoming track(String key, @Nullable TrackEvent read) {
        return sound(read, event -> {
            var cause = cause(
                    key,
                    event.getEventId(),
                    event.getTenantId(),
                    event.getUserId(),
                    event.getReceivedAt(),
                    event.getBy());
            var action = action(event.getActionCode(), event.getIdempotencyKey());
            var told = told(cause, event);
            return Incoming.of(
                    new Event.Track(cause, action, profile(told), signals(told)), event.getConfigurationVersion());
        });
    }

    public Incoming verify(String key, @Nullable VerifyEvent read) {
        return sound(read, event -> {
            var cause = cause(
                    key,
                    event.getEventId(),
                    event.getTenantId(),
                    event.getUserId(),
                    event.getReceivedAt(),
                    event.getBy());
            var action = action(event.getActionCode(), event.getIdempotencyKey());
            require(event.getMethod() != VerificationMethod.UNKNOWN, "a verification method");
            var code = opened(cause, event.getSealedCode(), "verify", cause.eventId());
            return Incoming.of(
                    new Event.Verify(cause, action, event.getMethod(), new String(code, UTF_8), event.getIsApproved()),
                    event.getConfigurationVersion());
        });
    }

    public Incoming command(String key, @Nullable UserCommand read) {
        return sound(read, event -> {
            var cause = cause(
                    key,
                    event.getEventId(),
                    event.getTenantId(),
                    event.getUserId(),
                    event.getReceivedAt(),
                    event.getBy());
            return Incoming.of(command(cause, event), event.getConfigurationVersion());
        });
    }

    private Event command(Cause cause, UserCommand read) {
        return switch (read.getKind()) {
            case ENROLL_AUTHENTICATOR -> enroll(cause, present(read.getEnrollAuthenticator()));
            case ENROLL_CONTACT -> enroll(cause, present(read.getEnrollContact()));
            case SEND_CODE -> send(cause, present(read.getSendCode()));
            case EXPIRE_ACTION -> expire(cause, present(read.getExpireAction()));
            case DELETE_AUTHENTICATOR ->
                new Event.DeleteAuthenticator(
                        cause, present(read.getDeleteAuthenticator()).getAuthenticatorId());
            case UPDATE_USER -> update(cause, present(read.getUpdateUser()));
            case DELETE_USER -> new Event.DeleteUser(cause);
            case ADD_AUTHENTICATOR -> add(cause, present(read.getAddAuthenticator()));
            case UPDATE_ACTION -> updateAction(cause, present(read.getUpdateAction()));
            case CLAIM_CHALLENGE -> claim(cause, present(read.getClaimChallenge()));
            case ISSUE_RECOVERY_CODES -> issue(cause, present(read.getIssueRecoveryCodes()));
            case UPDATE_AUTHENTICATOR -> update(cause, present(read.getUpdateAuthenticator()));
            case REMOVE_AUTHENTICATOR -> remove(cause, present(read.getRemoveAuthenticator()));
            case CREATE_SESSION -> SessionEventMapper.create(cause, present(read.getCreateSession()));
            case REFRESH_SESSION -> SessionEventMapper.refresh(cause, present(read.getRefreshSession()));
            case REVOKE_SESSION -> SessionEventMapper.revoke(cause, present(read.getRevokeSession()));
            case REVOKE_SESSIONS -> new Event.RevokeSessions(cause);
            case UNKNOWN -> throw new MalformedEventException("A command of a kind that came later");
        };
    }

    private Event enroll(Cause cause, EnrollAuthenticator details) {
        return new Event.Enroll(
                cause,
                action(details.getActionCode(), details.getIdempotencyKey()),
                details.getAuthenticatorId(),
                details.getMethod(),
                kept(cause, details.getSealedSecret(), "secret", details.getAuthenticatorId()),
                details.getMayAddAuthenticators(),
                time(details.getExpiresAt()));
    }

    private Event enroll(Cause cause, EnrollContact details) {
        require(UserKey.isText(details.getAuthenticatorId()), "an authenticator id");
        return new Event.EnrollContact(
                cause,
                action(details.getActionCode(), details.getIdempotencyKey()),
                details.getAuthenticatorId(),
                details.getMethod(),
                kept(cause, details.getSealedContact(), "contact", details.getAuthenticatorId()),
                kept(cause, details.getSealedCode(), "secret", cause.eventId()),
                details.getMayAddAuthenticators(),
                time(details.getExpiresAt()));
    }

    private Event send(Cause cause, SendCode details) {
        return new Event.SendCode(
                cause,
                action(details.getActionCode(), details.getIdempotencyKey()),
                details.getMethod(),
                kept(cause, details.getSealedCode(), "secret", cause.eventId()));
    }

    private static Event updateAction(Cause cause, UpdateAction details) {
        require(details.getState() != ActionState.UNKNOWN, "a state that is known");
        return new Event.UpdateAction(
                cause, action(details.getActionCode(), details.getIdempotencyKey()), details.getState());
    }

    private static Event claim(Cause cause, ClaimChallenge details) {
        require(UserKey.isText(details.getClaimedBy()), "a user who claims");
        return new Event.Claim(
                cause,
                action(details.getActionCode(), details.getIdempotencyKey()),
                details.getClaimedBy(),
                details.getIsUnverifiedTaken());
    }

    private static Event expire(Cause cause, ExpireAction details) {
        return new Event.Expire(cause, action(details.getActionCode(), details.getIdempotencyKey()));
    }

    private Event issue(Cause cause, IssueRecoveryCodes details) {
        return new Event.IssueRecoveryCodes(cause, codes(cause, details.getCodes()), grant(details.getGrant()));
    }

    private static Event update(Cause cause, UpdateAuthenticator details) {
        return new Event.UpdateAuthenticator(cause, details.getAuthenticatorId(), grant(details.getGrant()));
    }

    private static Event remove(Cause cause, RemoveAuthenticator details) {
        return new Event.RemoveAuthenticator(cause, details.getAuthenticatorId(), grant(details.getGrant()));
    }

    private static Grant grant(ClientGrant read) {
        return new Grant(action(read.getActionCode(), read.getIdempotencyKey()), read.getIsInScope());
    }

    private RecoveryCodes.NewRecoveryCodes codes(Cause cause, NewRecoveryCodes read) {
        require(UserKey.isText(read.getAuthenticatorId()), "an id of its recovery codes");
        var opened = opened(cause, read.getSealedHashes(), "recovery-codes", read.getAuthenticatorId());
        return new RecoveryCodes.NewRecoveryCodes(
                read.getAuthenticatorId(), RecoveryMapper.toDomain(recoveryHashes.fromBytes(opened)));
    }

    private Event add(Cause cause, AddAuthenticator details) {
        require(UserKey.isText(details.getAuthenticatorId()), "an authenticator id");
        return new Event.AddAuthenticator(
                cause,
                details.getAuthenticatorId(),
                details.getMethod(),
                kept(cause, details.getSealedContact(), "contact", details.getAuthenticatorId()),
                Optional.ofNullable(details.getIsDefault()),
                Optional.ofNullable(details.getRecoveryCodes()).map(codes -> codes(cause, codes)));
    }

    private Event update(Cause cause, UpdateUser details) {
        var update = updates.fromBytes(opened(cause, details.getSealedUpdate(), "user-update", cause.eventId()));
        require(!update.getReset().contains(ProfileField.UNKNOWN), "fields that are known");
        return new Event.UpdateUser(cause, ProfileMapper.toDomain(update.getTold()), Set.copyOf(update.getReset()));
    }

    private static Signals signals(@Nullable TrackAttributes told) {
        return told == null
                ? Signals.NONE
                : new Signals(
                        Optional.ofNullable(told.getIpAddress()),
                        Optional.ofNullable(told.getUserAgent()),
                        Optional.ofNullable(told.getDeviceId()),
                        Optional.ofNullable(told.getLocale()),
                        ProfileMapper.customToDomain(told.getCustom()),
                        EnrichmentMapper.toDomain(told.getEnrichment()));
    }

    private static Profile profile(@Nullable TrackAttributes told) {
        return told == null
                ? Profile.UNKNOWN
                : Profile.tracked(
                        Optional.ofNullable(told.getEmail()),
                        Optional.ofNullable(told.getPhoneNumber()),
                        Optional.ofNullable(told.getUsername()));
    }

    private @Nullable TrackAttributes told(Cause cause, TrackEvent read) {
        var sealed = read.getSealedAttributes();
        if (sealed == null) return read.getAttributes();
        return attributes.fromBytes(opened(cause, sealed, "track", cause.eventId()));
    }

    /** Another epoch than the event's would have a key that is not kept for the user. */
    private byte[] opened(Cause cause, ByteBuffer sealed, String kind, String id) {
        var bytes = Sealed.of(sealed).bytes();
        require(!sealing.isOfAnotherEpoch(bytes, cause.at(), cause.tenantId(), cause.userId()), "a seal of its time");
        return sealing.open(bytes, kind, cause.tenantId(), cause.userId(), id);
    }

    /** What the user's record keeps: it outlives the key that it came with, and goes with the record. */
    private Sealed kept(Cause cause, ByteBuffer sealed, String kind, String id) {
        var bytes = Sealed.of(sealed);
        if (!Sealing.isPersonal(bytes.bytes())) return bytes;
        var plain = opened(cause, sealed, kind, id);
        return new Sealed(sealing.seal(plain, kind, cause.tenantId(), cause.userId(), id));
    }

    private static Cause cause(
            String key, String eventId, String tenantId, String userId, Instant at, @Nullable Actor by) {
        require(UserKey.isText(eventId), "an event id");
        require(UserKey.isTenantId(tenantId), "a tenant id");
        require(UserKey.isText(userId), "a user id");
        require(UserKey.of(tenantId, userId).equals(key), "the key tenantId/userId");
        return new Cause(eventId, tenantId, userId, time(at), ActorMapper.toDomain(by));
    }

    static Instant time(Instant at) {
        require(EventTime.isSound(at), "a time between 1970 and the year 9999");
        return at;
    }

    static ActionKey action(String actionCode, String idempotencyKey) {
        require(UserKey.isActionCode(actionCode), "an action code");
        require(UserKey.isText(idempotencyKey), "an idempotency key");
        return new ActionKey(actionCode, idempotencyKey);
    }

    private static <T> T present(@Nullable T details) {
        if (details == null) throw new MalformedEventException("A command without its details");
        return details;
    }

    static void require(boolean isSound, String what) {
        if (!isSound) throw new MalformedEventException("An event without " + what);
    }

    private static <R> Incoming sound(@Nullable R read, Function<R, Incoming> mapping) {
        if (read == null) throw new MalformedEventException("A record without an event");
        try {
            return mapping.apply(read);
        } catch (MalformedEventException e) {
            throw e;
        } catch (SealBrokenException | SerializationException | IllegalArgumentException e) {
            throw new MalformedEventException("An event that can't be opened", e);
        }
    }
}
