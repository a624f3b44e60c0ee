package sluice.rules.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ActionState;
import sluice.schemas.CommandRefusal;
import sluice.schemas.UserChangeKind;

/** What a backend does to a user, whom it answers for: no code is asked, no scope. */
final class Managing {
    private Managing() {}

    static Step deleteAuthenticator(User user, Event.DeleteAuthenticator event) {
        return user.authenticator(event.authenticatorId())
                .map(gone -> removed(user, event.cause(), gone))
                .orElseGet(() -> told(user, notRemoved(user, event.cause(), event.authenticatorId())));
    }

    /** SDKs send the call again where its answer was lost. One that is remembered to be gone is not told of again. */
    static Outcome.Changed notRemoved(User user, Cause cause, String authenticatorId) {
        return Outcome.Changed.refused(
                cause, user.hasLost(authenticatorId) ? CommandRefusal.ALREADY_DONE : CommandRefusal.NOT_FOUND);
    }

    /**
     * Removes an authenticator, for tokens in flight too (S19). The lock of a user's failures is about what they could
     * be tried on: with the last authenticator, which takes the recovery codes along, it goes.
     */
    static Step removed(User user, Cause cause, EnrolledAuthenticator gone) {
        var left = user.without(gone);
        return told(
                left.isEnrolled() ? left : left.withThrottle(left.throttle().unlocked()),
                Outcome.Changed.of(cause, UserChangeKind.AUTHENTICATOR_DELETED, gone.authenticator()));
    }

    /** Changes the profile; a user whom nobody knew yet is known from now on. */
    static Step updateUser(User user, Event.UpdateUser event) {
        return told(
                user.withProfile(user.profile().without(event.reset()).told(event.told())),
                Outcome.Changed.of(event.cause(), UserChangeKind.PROFILE_UPDATED));
    }

    /**
     * Forgets the user. What is left names no contact and no authenticator, and is there so that the events before the
     * deletion, if they come again, find their answers and bring nobody back.
     */
    static Step deleteUser(User user, Event.DeleteUser event) {
        return told(user.deleted(event.cause().at()), Outcome.Changed.of(event.cause(), UserChangeKind.USER_DELETED));
    }

    /**
     * Sets the state of an action, whatever it is (promise P7's one exception): codes count from now on as it says.
     * Whether there is such an action at all, the challenge service knows.
     */
    static Step updateAction(User user, Event.UpdateAction event, ConfigurationView configuration) {
        var recent = user.recentAction(event.action());
        var until = event.state() == ActionState.CHALLENGE_REQUIRED
                ? Optional.of(event.cause().at().plus(lifetime(event.cause().tenantId(), configuration)))
                : Optional.<Instant>empty();
        var after = recent.map(action -> user.with(action.updated(event.state(), until)))
                .orElse(user);
        var update = new ActionUpdate(event.action(), event.state(), recent.isPresent(), until);
        return told(after, Outcome.Changed.of(event.cause(), update));
    }

    private static Duration lifetime(String tenantId, ConfigurationView configuration) {
        return configuration
                .tenant(tenantId)
                .map(Setting.Tenant::tokenLifetime)
                .orElseThrow(() -> new NoSuchTenantException(tenantId));
    }

    private static Step told(User user, Outcome.Changed changed) {
        return new Step(user, List.of(changed));
    }
}
