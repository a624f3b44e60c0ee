package sluice.track.http.management;

import java.time.InstantSource;
import sluice.runtime.configuration.ConfigurationFollower;
import sluice.track.http.auth.Callers;

/** What the handlers of the management API stand on. */
record Desk(Callers callers, ConfigurationFollower configuration, InstantSource clock) {}
