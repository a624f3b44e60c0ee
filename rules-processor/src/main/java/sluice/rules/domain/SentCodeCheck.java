package sluice.rules.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Optional;
import sluice.runtime.configuration.domain.Setting;

/** Checks codes that were sent by e-mail, typed or brought back by a link. One counts once, and the newest alone. */
final class SentCodeCheck implements Check {
    private final Secrets secrets;
    private final Contacts contacts;

    SentCodeCheck(Secrets secrets, Contacts contacts) {
        this.secrets = secrets;
        this.contacts = contacts;
    }

    @Override
    public Judgement judge(User user, Event.Verify event, Setting.Authenticator method) {
        var sent = user.sentCodes().code(event.method(), event.action());
        var target = sent.flatMap(code -> target(user, event, code));
        return target.isEmpty() ? new NothingToCheck() : judge(user, event, sent.orElseThrow(), target.get());
    }

    /** Whose address it was sent to, unless that is gone, or its enrolment was given up. */
    private static Optional<EnrolledAuthenticator> target(User user, Event.Verify event, SentCode code) {
        return user.authenticator(code.authenticatorId())
                .or(() -> user.enrolling(event).filter(pending -> pending.id().equals(code.authenticatorId())));
    }

    private Judgement judge(User user, Event.Verify event, SentCode sent, EnrolledAuthenticator target) {
        var expected = secrets.open(user.tenantId(), user.userId(), sent.codeId(), sent.code());
        var isRight = MessageDigest.isEqual(expected, event.code().getBytes(UTF_8));
        if (!isRight || sent.hasLapsed(event.cause().at())) return new Wrong(false);
        return sent.isSpent() ? new Wrong(true) : right(user, event, sent, target);
    }

    private Judgement right(User user, Event.Verify event, SentCode sent, EnrolledAuthenticator target) {
        var isNew = target.authenticator().verifiedAt().isEmpty();
        var verified = target.verified(event.cause().at());
        var bound = isNew ? bound(user, verified) : user.with(verified);
        var address = contacts.open(
                user.tenantId(),
                user.userId(),
                target.id(),
                target.authenticator().contact().orElseThrow());
        var after = bound.withSentCodes(user.sentCodes().spent(sent))
                .withProfile(user.profile().emailConfirmed(address));
        var authenticator = after.authenticator(target.id()).orElseThrow().authenticator();
        return new Right(after, authenticator, isNew);
    }

    /** The user with a new authenticator, in the place of the one that has the same address, if there is one. */
    private User bound(User user, EnrolledAuthenticator verified) {
        var same = contacts.same(user, verified.authenticator());
        var isFirst = same.map(EnrolledAuthenticator::isDefault).orElseGet(() -> !user.isEnrolled());
        var both = user.with(verified.offeredFirst(isFirst));
        // the other goes last: a user is never without an authenticator here, which would cost them their recovery
        // codes
        var bound = same.map(both::without).orElse(both);
        return isFirst ? bound.offering(verified) : bound;
    }
}
