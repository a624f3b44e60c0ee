package sluice.rules.kafka;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.Answer;
import sluice.rules.domain.EnrolledAuthenticator;
import sluice.rules.domain.Outcome;
import sluice.rules.domain.PendingEnrolment;
import sluice.rules.domain.Profile;
import sluice.rules.domain.RecentAction;
import sluice.rules.domain.SentCodes;
import sluice.rules.domain.User;
import sluice.rules.domain.history.History;
import sluice.rules.domain.totp.ClockDrift;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.SchemaIds;

/** Carries users to their store and back; profile, history, passkeys and whence failures came lie there sealed. */
final class UserMapper {
    private static final String PROFILE = "profile";
    private static final String HISTORY = "history";

    private final Sealing sealing;
    private final AvroSerde<sluice.schemas.Profile> profiles;
    private final AvroSerde<sluice.schemas.History> histories;
    private final PasskeyMapper passkeys;
    private final ThrottleMapper throttles;
    private final OutwardContacts contacts;

    UserMapper(Sealing sealing, SchemaIds ids) {
        this.sealing = sealing;
        this.profiles = new AvroSerde<>(sluice.schemas.Profile.class, ids);
        this.histories = new AvroSerde<>(sluice.schemas.History.class, ids);
        this.passkeys = new PasskeyMapper(sealing, ids);
        this.throttles = new ThrottleMapper(sealing, ids);
        this.contacts = new OutwardContacts(sealing);
    }

    sluice.schemas.User toAvro(User user) {
        var profile = sealedProfile(user);
        var history = sealedHistory(user);
        return sluice.schemas.User.newBuilder()
                .setTenantId(user.tenantId())
                .setUserId(user.userId())
                .setCreatedAt(user.createdAt())
                .setSealedProfile(profile == null ? null : profile.buffer())
                .setConfigurationVersion(user.configurationVersion())
                .setAuthenticators(user.authenticators().stream()
                        .map(each -> toAvro(user.tenantId(), user.userId(), each))
                        .toList())
                .setPendingEnrolment(user.pendingEnrolment()
                        .map(pending -> toAvro(user.tenantId(), user.userId(), pending))
                        .orElse(null))
                .setRecentActions(
                        user.recentActions().stream().map(UserMapper::toAvro).toList())
                .setAttemptsAt(user.throttle().strangers().attemptsAt())
                .setConsecutiveFailures(user.throttle().strangersFailures())
                .setLockedUntil(user.throttle().strangers().lockedUntil().orElse(null))
                .setSealedThrottle(throttles.seal(user).map(Sealed::buffer).orElse(null))
                .setSealedHistory(history == null ? null : history.buffer())
                .setAnswers(user.answers().stream()
                        .map(answer -> toAvro(answer, user.isKnown()))
                        .toList())
                .setSentCodes(user.sentCodes().newest().stream()
                        .map(SentCodeMapper::toAvro)
                        .toList())
                .setCodesSentAt(user.sentCodes().sentAt())
                .setRecoveryCodes(
                        user.recoveryCodes().map(RecoveryMapper::toAvro).orElse(null))
                .setSessions(user.sessions().stream().map(SessionMapper::toAvro).toList())
                .build();
    }

    User toDomain(sluice.schemas.User read) {
        return new User(
                read.getTenantId(),
                read.getUserId(),
                read.getCreatedAt(),
                profile(read),
                read.getConfigurationVersion(),
                read.getAuthenticators().stream()
                        .map(each -> toDomain(read.getTenantId(), read.getUserId(), each))
                        .toList(),
                Optional.ofNullable(read.getPendingEnrolment())
                        .map(pending -> toDomain(read.getTenantId(), read.getUserId(), pending)),
                read.getRecentActions().stream().map(UserMapper::toDomain).toList(),
                throttles.open(read),
                history(read),
                read.getAnswers().stream().map(UserMapper::toDomain).toList(),
                Optional.ofNullable(read.getRecoveryCodes()).map(RecoveryMapper::toDomain),
                read.getSessions().stream().map(SessionMapper::toDomain).toList(),
                new SentCodes(
                        read.getSentCodes().stream()
                                .map(SentCodeMapper::toDomain)
                                .toList(),
                        read.getCodesSentAt()));
    }

    private @Nullable Sealed sealedProfile(User user) {
        var profile = user.profile();
        if (profile.equals(Profile.UNKNOWN)) return null;
        var plain = profiles.toBytes(ProfileMapper.toAvro(profile));
        return new Sealed(sealing.seal(plain, PROFILE, user.tenantId(), user.userId()));
    }

    private Profile profile(sluice.schemas.User read) {
        var sealed = read.getSealedProfile();
        if (sealed == null) return Profile.UNKNOWN;
        var plain = sealing.open(Sealed.of(sealed).bytes(), PROFILE, read.getTenantId(), read.getUserId());
        return ProfileMapper.toDomain(profiles.fromBytes(plain));
    }

    private @Nullable Sealed sealedHistory(User user) {
        var history = user.history();
        if (history.equals(History.NONE)) return null;
        var plain = histories.toBytes(HistoryMapper.toAvro(history));
        return new Sealed(sealing.seal(plain, HISTORY, user.tenantId(), user.userId()));
    }

    private History history(sluice.schemas.User read) {
        var sealed = read.getSealedHistory();
        if (sealed == null) return History.NONE;
        var plain = sealing.open(Sealed.of(sealed).bytes(), HISTORY, read.getTenantId(), read.getUserId());
        return HistoryMapper.toDomain(histories.fromBytes(plain));
    }

    private sluice.schemas.EnrolledAuthenticator toAvro(
            String tenantId, String userId, EnrolledAuthenticator enrolled) {
        return new sluice.schemas.EnrolledAuthenticator(
                OutcomeMapper.toAvro(enrolled.authenticator()),
                enrolled.secret().map(Sealed::buffer).orElseGet(() -> ByteBuffer.allocate(0)),
                enrolled.burntStep(),
                enrolled.passkey()
                        .map(passkey -> passkeys.seal(tenantId, userId, id(enrolled), passkey))
                        .map(Sealed::buffer)
                        .orElse(null),
                enrolled.clock().run());
    }

    private EnrolledAuthenticator toDomain(String tenantId, String userId, sluice.schemas.EnrolledAuthenticator read) {
        var authenticator = OutcomeMapper.toDomain(read.getAuthenticator());
        return new EnrolledAuthenticator(
                authenticator,
                Optional.of(read.getSealedSecret())
                        .filter(ByteBuffer::hasRemaining)
                        .map(Sealed::of),
                read.getBurntStep(),
                Optional.ofNullable(read.getSealedPasskey())
                        .map(Sealed::of)
                        .map(kept -> passkeys.open(tenantId, userId, authenticator.authenticatorId(), kept)),
                new ClockDrift(read.getCodesOff()));
    }

    private static String id(EnrolledAuthenticator enrolled) {
        return enrolled.authenticator().authenticatorId();
    }

    private sluice.schemas.PendingEnrolment toAvro(String tenantId, String userId, PendingEnrolment pending) {
        return new sluice.schemas.PendingEnrolment(
                toAvro(tenantId, userId, pending.enrolled()),
                pending.action().actionCode(),
                pending.action().idempotencyKey(),
                pending.expiresAt());
    }

    private PendingEnrolment toDomain(String tenantId, String userId, sluice.schemas.PendingEnrolment read) {
        return new PendingEnrolment(
                toDomain(tenantId, userId, read.getEnrolled()),
                new ActionKey(read.getActionCode(), read.getIdempotencyKey()),
                read.getExpiresAt());
    }

    private static sluice.schemas.RecentAction toAvro(RecentAction action) {
        return sluice.schemas.RecentAction.newBuilder()
                .setDecision(OutcomeMapper.toAvro(action.decision()))
                .setState(action.state())
                .setAttempts(action.attempts())
                .setExpiresAt(action.reopenedUntil().orElse(null))
                .setIsUpdated(action.isUpdated())
                .setIsRevoked(action.isRevoked())
                .setHasSession(action.hasSession())
                .setClaimedBy(action.claimedBy().orElse(null))
                .build();
    }

    private static RecentAction toDomain(sluice.schemas.RecentAction read) {
        return new RecentAction(
                OutcomeMapper.toDomain(read.getDecision()),
                read.getState(),
                read.getAttempts(),
                Optional.ofNullable(read.getExpiresAt()),
                read.getIsUpdated(),
                read.getIsRevoked(),
                read.getHasSession(),
                Optional.ofNullable(read.getClaimedBy()));
    }

    private sluice.schemas.Answer toAvro(Answer answer, boolean isUserKnown) {
        var avro = sluice.schemas.Answer.newBuilder()
                .setCauseId(answer.causeId())
                .setAt(answer.at())
                .build();
        for (var outcome : answer.outcomes()) {
            outcome.match(new Outcome.Cases<sluice.schemas.Answer>() {
                @Override
                public sluice.schemas.Answer decided(Outcome.Decided decided) {
                    throw new AssertionError("A decision is remembered as the user's recent action");
                }

                @Override
                public sluice.schemas.Answer verified(Outcome.Verified verified) {
                    avro.setVerification(contacts.remembered(OutcomeMapper.toAvro(verified), isUserKnown));
                    return avro;
                }

                @Override
                public sluice.schemas.Answer changed(Outcome.Changed changed) {
                    avro.setUserChange(contacts.remembered(OutcomeMapper.toAvro(changed), isUserKnown));
                    return avro;
                }

                @Override
                public sluice.schemas.Answer observed(Outcome.Observed observed) {
                    throw new AssertionError("An observation follows from its event, and is no answer to it");
                }
            });
        }
        return avro;
    }

    private static Answer toDomain(sluice.schemas.Answer read) {
        var verified = Optional.ofNullable(read.getVerification()).map(OutcomeMapper::toDomain);
        var changed = Optional.ofNullable(read.getUserChange()).map(OutcomeMapper::toDomain);
        List<Outcome> outcomes = Stream.<Optional<? extends Outcome>>of(verified, changed)
                .<Outcome>flatMap(Optional::stream)
                .toList();
        return new Answer(read.getCauseId(), read.getAt(), outcomes);
    }
}
