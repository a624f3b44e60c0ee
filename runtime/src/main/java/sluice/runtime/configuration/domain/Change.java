package sluice.runtime.configuration.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A change to one piece, as the log has it.
 *
 * @param changeId unique to the change
 * @param piece what changes
 * @param basedOn version at which its writer saw the piece last changed; 0: never
 * @param changedAt when
 * @param author who, and why
 * @param value the new value; empty: removed
 */
public record Change(
        String changeId, Piece piece, long basedOn, Instant changedAt, Author author, Optional<Setting> value) {}
