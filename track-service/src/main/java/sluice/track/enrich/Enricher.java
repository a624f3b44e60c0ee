package sluice.track.enrich;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import sluice.schemas.Enrichment;
import sluice.schemas.TrackAttributes;
import sluice.track.signal.KnownSignals;

/** Adds to what a backend told what its parts tell. Thread-safe. */
public final class Enricher {
    private final Addresses addresses;
    private final UserAgents userAgents = new UserAgents();
    private final KnownSignals signals;

    /**
     * Reads the operator's files.
     *
     * @param placesFile a database of cities or countries in MaxMind's format; empty: places stay unknown
     * @param anonymousFile a database of anonymous addresses, likewise
     * @param signals what is known across users
     * @throws IOException if a file can't be read or is no such database
     */
    public Enricher(Optional<Path> placesFile, Optional<Path> anonymousFile, KnownSignals signals) throws IOException {
        this.addresses = new Addresses(placesFile, anonymousFile);
        this.signals = signals;
    }

    /** What a client says of itself. */
    public ParsedUserAgent userAgent(String userAgent) {
        return userAgents.parsed(userAgent);
    }

    /** What is known across users. */
    public KnownSignals signals() {
        return signals;
    }

    /** Whether places can be told at all. */
    public boolean hasPlaces() {
        return addresses.hasPlaces();
    }

    /** Whether anonymous addresses can be told at all. */
    public boolean hasAnonymous() {
        return addresses.hasAnonymous();
    }

    /**
     * Adds the enrichment, where there is an address, a device or a user agent to tell anything.
     *
     * @param at event time
     */
    public void enrich(String tenantId, TrackAttributes attributes, Instant at) {
        var address = attributes.getIpAddress();
        var userAgent = attributes.getUserAgent();
        var deviceId = attributes.getDeviceId();
        if (address == null && userAgent == null && deviceId == null) return;
        var enrichment = new Enrichment();
        if (address != null) addresses.tell(address, enrichment);
        if (userAgent != null) userAgents.tell(userAgent, enrichment);
        signals.tell(tenantId, deviceId, enrichment, at);
        attributes.setEnrichment(enrichment);
    }
}
