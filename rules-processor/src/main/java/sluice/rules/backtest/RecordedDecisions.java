package sluice.rules.backtest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sluice.rules.backtest.domain.Judgement;
import sluice.rules.backtest.domain.Recorded;
import sluice.schemas.Decision;

/**
 * Decisions as they were recorded, until their events come. They are on their topic in the order of their events, so few
 * wait at a time: what is never asked for leaves.
 */
final class RecordedDecisions {
    private static final int WAITING_MAX = 10_000;

    private final Map<String, Recorded> byCause = new LinkedHashMap<>();

    /** The first of a cause counts: a later one is the same, given again. */
    void add(Decision read) {
        byCause.putIfAbsent(
                read.getCauseId(),
                new Recorded(
                        Judgement.recorded(
                                read.getOutcome(),
                                read.getExpiresAt() != null,
                                read.getAllowedVerificationMethods(),
                                Optional.ofNullable(read.getDefaultVerificationMethod()),
                                read.getRuleIds()),
                        read.getConfigurationVersion()));
        if (byCause.size() > WAITING_MAX) {
            var eldest = byCause.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** What was decided of an event. */
    Optional<Recorded> take(String eventId) {
        return Optional.ofNullable(byCause.remove(eventId));
    }
}
