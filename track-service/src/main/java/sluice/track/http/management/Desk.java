package sluice.track.http.management;

import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import sluice.runtime.configuration.ConfigurationFollower;
import sluice.runtime.configuration.domain.Author;
import sluice.track.http.auth.Callers;

/** What the handlers of the management API stand on. */
record Desk(Callers callers, ConfigurationFollower configuration, InstantSource clock) {
    private static final String CALL_ID = "callId";

    /** Who makes a call's changes: the same for all of them. */
    Author author(Context context) {
        String known = context.attribute(CALL_ID);
        var callId = known == null ? UUID.randomUUID().toString() : known;
        context.attribute(CALL_ID, callId);
        return new Author(callers.actor(context), Optional.of(callId));
    }
}
