package sluice.rules.domain.signal;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.Contacts;
import sluice.rules.domain.Event;
import sluice.rules.domain.Outcome;
import sluice.rules.domain.User;
import sluice.rules.domain.history.OpenAction;
import sluice.rules.domain.history.Surroundings;
import sluice.schemas.ObservationKind;
import sluice.schemas.SignalKind;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationResult;
import sluice.schemas.id.DerivedId;
import sluice.schemas.id.NobodyId;

/**
 * Finds what an event tells of the address and the device that its user came with, and of where mails go. It follows from the event, the user
 * before it and what came of it alone, so that an event that comes again tells the same.
 */
public final class Observing {
    /** A code or a link goes with each, where the authenticator has an address. */
    private static final Set<UserChangeKind> MAILS =
            EnumSet.of(UserChangeKind.ENROLMENT_STARTED, UserChangeKind.CODE_ISSUED);

    private Observing() {}

    /**
     * Finds them.
     *
     * @param known the user before the event, empty at their first
     * @param contacts opens where a mail goes
     */
    public static List<Outcome.Observed> of(
            Optional<User> known, Event event, List<Outcome> outcomes, Contacts contacts) {
        if (event instanceof Event.Track track) return seen(track);
        return outcomes.stream()
                .flatMap(outcome -> outcome instanceof Outcome.Verified verified
                        ? failed(known, verified).stream()
                        : outcome instanceof Outcome.Changed changed
                                ? mail(changed, contacts).stream()
                                : Stream.empty())
                .toList();
    }

    /** A made-up user's mail counts as any other: that is what keeps many of them from one mailbox. */
    private static Optional<Outcome.Observed> mail(Outcome.Changed changed, Contacts contacts) {
        if (!MAILS.contains(changed.kind())) return Optional.empty();
        var cause = changed.cause();
        return changed.authenticator().flatMap(to -> to.contact()
                .map(contact -> contacts.open(cause.tenantId(), cause.userId(), to.authenticatorId(), contact))
                .map(address -> new Outcome.Observed(
                        DerivedId.of(cause.eventId(), "mail"),
                        cause,
                        SignalKind.EMAIL,
                        address,
                        ObservationKind.MAIL)));
    }

    /** One who is made up is no user more: whoever claims their challenge is. */
    private static List<Outcome.Observed> seen(Event.Track track) {
        if (NobodyId.is(track.cause().userId())) return List.of();
        var came = track.surroundings();
        return Stream.of(
                        came.address().map(address -> user(track, SignalKind.ADDRESS, address)),
                        came.deviceId().map(device -> user(track, SignalKind.DEVICE, device)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Outcome.Observed user(Event.Track track, SignalKind signal, String value) {
        var id = DerivedId.of(track.cause().eventId(), "user-of-" + signal);
        return new Outcome.Observed(id, track.cause(), signal, value, ObservationKind.USER);
    }

    /** An answer that was looked at, and was wrong. */
    private static boolean isWrong(Outcome.Verified outcome) {
        return outcome.attempt() > 0 && outcome.result() != VerificationResult.VERIFIED;
    }

    /** The address is that of the action: where the answer came from, nobody tells. */
    private static List<Outcome.Observed> failed(Optional<User> known, Outcome.Verified outcome) {
        var address = known.flatMap(user -> cameWith(user, outcome.action())).flatMap(Surroundings::address);
        if (address.isEmpty()) return List.of();
        var observed = new ArrayList<Outcome.Observed>();
        if (isWrong(outcome)) observed.add(failure(outcome, address.get(), "failure-of-", ObservationKind.FAILURE));
        if (endsInFailure(outcome)) {
            observed.add(failure(outcome, address.get(), "failed-challenge-of-", ObservationKind.FAILED_CHALLENGE));
        }
        return observed;
    }

    private static Outcome.Observed failure(
            Outcome.Verified outcome, String address, String name, ObservationKind kind) {
        var id = DerivedId.of(outcome.cause().eventId(), name + SignalKind.ADDRESS);
        return new Outcome.Observed(id, outcome.cause(), SignalKind.ADDRESS, address, kind);
    }

    /** Of a challenge that was open, as those are that {@link #cameWith} finds: so it is once a challenge. */
    private static boolean endsInFailure(Outcome.Verified outcome) {
        return outcome.result() == VerificationResult.EXHAUSTED || outcome.result() == VerificationResult.LOCKED_OUT;
    }

    private static Optional<Surroundings> cameWith(User user, ActionKey action) {
        return user.history().open().stream()
                .filter(open -> open.key().equals(action))
                .map(OpenAction::surroundings)
                .findFirst();
    }
}
