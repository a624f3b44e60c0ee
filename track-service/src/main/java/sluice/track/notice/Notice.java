package sluice.track.notice;

import static java.util.stream.Collectors.toList;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.schemas.Authenticator;
import sluice.schemas.UserChange;
import sluice.schemas.UserChangeKind;
import sluice.schemas.Verification;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;
import sluice.schemas.id.UserKey;
import sluice.track.mail.News;

/**
 * What a user is to be told.
 *
 * @param eventId of the outcome that it is made of; the same if it comes twice
 * @param at event time
 * @param news one or more
 * @param method of the authenticator that changed
 * @param authenticator that changed, its contact sealed for the user; empty where it was a recovery code
 */
record Notice(
        String eventId,
        String tenantId,
        String userId,
        Instant at,
        List<News> news,
        VerificationMethod method,
        Optional<Authenticator> authenticator) {

    /** Empty for a change that leaves the user's authenticators as they were, and where they all went with the user. */
    static Optional<Notice> of(UserChange change) {
        var authenticator = Optional.ofNullable(change.getAuthenticator());
        var codes = change.getRecoveryCodes() == null ? Stream.<News>of() : Stream.of(News.CODES_ISSUED);
        var news = Stream.concat(news(change.getKind()).stream(), codes).collect(toList());
        if (news.isEmpty()) return Optional.empty();
        return Optional.of(new Notice(
                change.getEventId(),
                change.getTenantId(),
                change.getUserId(),
                change.getChangedAt(),
                news,
                authenticator.map(Authenticator::getMethod).orElse(VerificationMethod.RECOVERY_CODE),
                authenticator));
    }

    private static Optional<News> news(UserChangeKind kind) {
        return switch (kind) {
            case AUTHENTICATOR_CREATED, AUTHENTICATOR_ADDED -> Optional.of(News.ADDED);
            case AUTHENTICATOR_UPDATED -> Optional.of(News.CHANGED);
            case AUTHENTICATOR_DELETED -> Optional.of(News.REMOVED);
            case UNKNOWN,
                    ENROLMENT_STARTED,
                    PROFILE_UPDATED,
                    REFUSED,
                    USER_DELETED,
                    ACTION_UPDATED,
                    RECOVERY_CODES_ISSUED,
                    SESSION_CREATED,
                    SESSION_REFRESHED,
                    SESSION_REVOKED,
                    SESSIONS_REVOKED,
                    SESSION_REUSE_DETECTED,
                    CODE_ISSUED,
                    CHALLENGE_CLAIMED -> Optional.empty();
        };
    }

    /** Empty for all but a recovery code that was spent. */
    static Optional<Notice> of(Verification verification) {
        if (verification.getResult() != VerificationResult.VERIFIED) return Optional.empty();
        if (verification.getMethod() != VerificationMethod.RECOVERY_CODE) return Optional.empty();
        return Optional.of(new Notice(
                verification.getEventId(),
                verification.getTenantId(),
                verification.getUserId(),
                verification.getVerifiedAt(),
                List.of(News.CODE_SPENT),
                VerificationMethod.RECOVERY_CODE,
                Optional.empty()));
    }

    String userKey() {
        return UserKey.of(tenantId, userId);
    }

    /** Whether the authenticator is one that the user had not had before. */
    boolean isOfANewOne() {
        return news.contains(News.ADDED);
    }

    @Override
    public String toString() {
        return "Notice " + eventId;
    }
}
