package sluice.rules.domain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import sluice.rules.domain.totp.TotpWindow;
import sluice.runtime.configuration.domain.Setting;

/** Checks codes of authenticator apps (RFC 6238 section 5). With several of them any one's code counts. */
final class TotpCheck implements Check {
    private final Secrets secrets;

    TotpCheck(Secrets secrets) {
        this.secrets = secrets;
    }

    /** An authenticator, and the step of it that a code was made for. */
    private record Match(EnrolledAuthenticator authenticator, long step) {
        boolean isBurnt() {
            return step <= authenticator.burntStep();
        }
    }

    @Override
    public Judgement judge(User user, Event.Verify event, Setting.Authenticator method) {
        var candidates = candidates(user, event);
        if (candidates.isEmpty()) return new NothingToCheck();
        var matches = candidates.stream()
                .flatMap(candidate -> match(candidate, event, method).stream())
                .toList();
        return matches.stream()
                .filter(match -> !match.isBurnt())
                .findFirst()
                .<Judgement>map(match -> right(user, event, match))
                .orElseGet(() -> new Wrong(!matches.isEmpty()));
    }

    /** The authenticators whose code may count: the user's own, and the one that this action enrols. */
    private static List<EnrolledAuthenticator> candidates(User user, Event.Verify event) {
        return Stream.concat(user.authenticators().stream(), user.enrolling(event).stream())
                .filter(candidate -> candidate.authenticator().method() == event.method())
                .filter(candidate -> candidate.secret().isPresent())
                .toList();
    }

    private Optional<Match> match(EnrolledAuthenticator candidate, Event.Verify event, Setting.Authenticator method) {
        var cause = event.cause();
        var secret = secrets.open(
                cause.tenantId(),
                cause.userId(),
                candidate.id(),
                candidate.secret().orElseThrow());
        OptionalLong step =
                new TotpWindow(method.acceptedDrift()).match(secret, event.code(), cause.at(), candidate.clock());
        return step.isPresent() ? Optional.of(new Match(candidate, step.getAsLong())) : Optional.empty();
    }

    private static Judgement right(User user, Event.Verify event, Match match) {
        var isNew = match.authenticator().authenticator().verifiedAt().isEmpty();
        var tried = match.authenticator().burn(match.step(), event.cause().at());
        // others may have come and gone since the enrolment began: it is settled now which is offered first
        var burnt = isNew ? tried.offeredFirst(!user.isEnrolled()) : tried;
        return new Right(user.with(burnt), burnt.authenticator(), isNew);
    }
}
