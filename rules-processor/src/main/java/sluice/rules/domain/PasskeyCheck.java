package sluice.rules.domain;

import static java.util.function.Predicate.not;

import java.util.Optional;
import sluice.rules.domain.webauthn.Ceremonies;
import sluice.rules.domain.webauthn.Passkey;
import sluice.rules.domain.webauthn.PasskeyAnswer;
import sluice.runtime.configuration.domain.Setting;

/** Checks passkeys: the answer of one that is known, or a new one that finishes its enrolment. */
final class PasskeyCheck implements Check {
    private static final Judgement WRONG = new Wrong(false);

    private final Secrets secrets;
    private final Ceremonies ceremonies = new Ceremonies();

    /** @param secrets opens the challenge of an enrolment */
    PasskeyCheck(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public Judgement judge(User user, Event.Verify event, Setting.Authenticator method) {
        var answer = ceremonies.read(event.code());
        return answer.flatMap(PasskeyAnswer::ofRegistration)
                .map(registration -> register(user, event, registration))
                .or(() -> answer.flatMap(PasskeyAnswer::ofAssertion).map(assertion -> judge(user, event, assertion)))
                .orElse(WRONG);
    }

    /** The challenge is spent with the enrolment, which is not pending any more. */
    private Judgement register(User user, Event.Verify event, PasskeyAnswer.Registration answer) {
        var pending = user.enrolling(event)
                .filter(each -> each.authenticator().method() == event.method())
                .filter(each -> each.id().equals(answer.authenticatorId()));
        if (pending.isEmpty()) return new NothingToCheck();
        return ceremonies
                .register(answer, challenge(event.cause(), pending.get()))
                .filter(not(passkey -> owner(user, passkey.credentialId()).isPresent()))
                .<Judgement>map(passkey -> {
                    var bound = pending.get()
                            .holding(passkey, event.cause().at())
                            // others may have come since the enrolment began: it is settled now which is offered first
                            .offeredFirst(!user.isEnrolled());
                    return new Right(user.with(bound), bound.authenticator(), true);
                })
                .orElse(WRONG);
    }

    private byte[] challenge(Cause cause, EnrolledAuthenticator pending) {
        return secrets.open(
                cause.tenantId(), cause.userId(), pending.id(), pending.secret().orElseThrow());
    }

    private Judgement judge(User user, Event.Verify event, PasskeyAnswer.Assertion answer) {
        if (user.authenticators().stream().allMatch(each -> each.passkey().isEmpty())) return new NothingToCheck();
        var cause = event.cause();
        var action = event.action();
        if (!answer.isFor(cause.userId(), action.actionCode(), action.idempotencyKey(), cause.at())) return WRONG;
        return ceremonies
                .credentialId(answer)
                .flatMap(credentialId -> owner(user, credentialId))
                .map(owner -> judge(user, event, answer, owner))
                .orElse(WRONG);
    }

    private Judgement judge(
            User user, Event.Verify event, PasskeyAnswer.Assertion answer, EnrolledAuthenticator owner) {
        var at = event.cause().at();
        var known = owner.passkey().orElseThrow();
        if (known.hasSpent(answer.challenge())) return new Wrong(true);
        return ceremonies
                .assertBy(known, answer, event.cause().userId())
                .filter(passkey -> passkey.canSpend(at))
                .map(passkey -> passkey.spending(answer.challenge(), answer.until(), at))
                .<Judgement>map(spent -> right(user, owner.holding(spent.usedWith(answer.device()), at)))
                .orElse(WRONG);
    }

    private static Judgement right(User user, EnrolledAuthenticator used) {
        return new Right(user.with(used), used.authenticator(), false);
    }

    private static Optional<EnrolledAuthenticator> owner(User user, String credentialId) {
        return user.authenticators().stream()
                .filter(each ->
                        each.passkey().map(Passkey::credentialId).stream().anyMatch(credentialId::equals))
                .findFirst();
    }
}
