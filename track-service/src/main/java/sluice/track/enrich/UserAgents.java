package sluice.track.enrich;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import sluice.schemas.Enrichment;
import ua_parser.Client;
import ua_parser.Parser;

/** Finds out about user agents. Thread-safe. */
final class UserAgents {
    private static final int KEPT = 10_000;

    /** A program without a user, as the parser's data calls one. */
    private static final String BOT = "Spider";

    private final LoadingCache<String, Client> parsed;

    UserAgents() {
        var parser = new Parser();
        // a parse takes a millisecond, and users share few user agents
        this.parsed = Caffeine.newBuilder().maximumSize(KEPT).build(parser::parse);
    }

    ParsedUserAgent parsed(String userAgent) {
        return ParsedUserAgent.of(userAgent, parsed.get(userAgent));
    }

    /** Fills in what a user agent tells. */
    void tell(String userAgent, Enrichment enrichment) {
        var client = parsed.get(userAgent);
        enrichment.setBrowser(client.userAgent.family);
        enrichment.setOperatingSystem(client.os.family);
        enrichment.setDeviceType(client.device.family);
        enrichment.setIsBot(client.device.family.equals(BOT));
    }
}
