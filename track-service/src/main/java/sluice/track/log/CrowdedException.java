package sluice.track.log;

import org.apache.kafka.common.KafkaException;

/** As many calls wait for their outcomes as may; the event was not published. */
public final class CrowdedException extends KafkaException {
    private static final long serialVersionUID = 1L;

    CrowdedException() {
        super("Too many calls wait for their outcomes");
    }
}
