package sluice.track.http;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import sluice.runtime.configuration.ConfigurationFollower;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;

/**
 * Gives an action code that is tracked for the first time its configuration (contract section 3, track). Nobody waits
 * for it: an action without one is decided alike.
 */
final class SeenActions {
    private final ConfigurationFollower configuration;
    private final InstantSource clock;
    private final Set<Piece> onTheirWay = ConcurrentHashMap.newKeySet();

    SeenActions(ConfigurationFollower configuration, InstantSource clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    /** @param author the call that tracked it, and its event */
    void note(String tenantId, String actionCode, Author author) {
        var newest = configuration.newest();
        if (newest.configuredAction(tenantId, actionCode).isPresent()) return;
        var piece = Piece.action(tenantId, actionCode);
        if (!onTheirWay.add(piece)) return;
        var change = new Change(
                UUID.randomUUID().toString(),
                piece,
                newest.changedAt(piece),
                clock.instant(),
                author,
                Optional.of(Setting.Action.UNSET));
        configuration.append(change).whenComplete((counted, fault) -> onTheirWay.remove(piece));
    }
}
