package sluice.track.notice;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What became of notices: no label says whose. */
final class NoticeMeters {
    private final Counter sent;
    private final Counter givenUp;
    private final Counter heldBack;
    private final Counter leftToTenant;

    NoticeMeters(MeterRegistry registry) {
        this.sent = counter(registry, "sent");
        this.givenUp = counter(registry, "given_up");
        this.heldBack = counter(registry, "held_back");
        this.leftToTenant = counter(registry, "left_to_tenant");
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("sluice.notices")
                .description("Mails that tell users of changes to their authenticators, by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    void countSent() {
        sent.increment();
    }

    void countGivenUp() {
        givenUp.increment();
    }

    void countHeldBack() {
        heldBack.increment();
    }

    void countLeftToTenant() {
        leftToTenant.increment();
    }
}
