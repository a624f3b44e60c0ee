package sluice.runtime.configuration.domain;

import java.util.Optional;
import sluice.runtime.audit.domain.Actor;

/**
 * Who makes changes, and why.
 *
 * @param by who
 * @param causeId eventId of the track event behind the change, or an id that is the same for all changes of one call;
 *     empty in changes of older releases
 */
public record Author(Actor by, Optional<String> causeId) {
    /**
     * Who runs a command of {@code ./sluice}.
     *
     * @param causeId of this run of it
     */
    public static Author commandLine(String command, String causeId) {
        return new Author(Actor.commandLine(command), Optional.of(causeId));
    }
}
