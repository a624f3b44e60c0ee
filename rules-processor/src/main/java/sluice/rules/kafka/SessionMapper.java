package sluice.rules.kafka;

import java.util.Optional;
import sluice.rules.domain.LiveSession;
import sluice.rules.domain.Session;

/** Carries sessions to their records and back. */
final class SessionMapper {
    private SessionMapper() {}

    static sluice.schemas.Session toAvro(Session session) {
        return sluice.schemas.Session.newBuilder()
                .setSessionId(session.sessionId())
                .setClientId(session.clientId())
                .setCreatedAt(session.createdAt())
                .setVerificationMethod(session.method().orElse(null))
                .setGeneration(session.generation())
                .setExpiresAt(session.expiresAt())
                .build();
    }

    static Session toDomain(sluice.schemas.Session read) {
        return new Session(
                read.getSessionId(),
                read.getClientId(),
                read.getCreatedAt(),
                Optional.ofNullable(read.getVerificationMethod()),
                read.getGeneration(),
                read.getExpiresAt());
    }

    static sluice.schemas.LiveSession toAvro(LiveSession live) {
        return sluice.schemas.LiveSession.newBuilder()
                .setSession(toAvro(live.session()))
                .setSecretHashes(live.secretHashes())
                .setUsedAt(live.usedAt().orElse(null))
                .setEndsAt(live.endsAt())
                .build();
    }

    static LiveSession toDomain(sluice.schemas.LiveSession read) {
        return new LiveSession(
                toDomain(read.getSession()),
                read.getSecretHashes(),
                Optional.ofNullable(read.getUsedAt()),
                read.getEndsAt());
    }
}
