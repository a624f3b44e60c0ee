package sluice.track.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.runtime.seal.Blinding;
import sluice.runtime.signal.SignalKeys;
import sluice.schemas.Enrichment;
import sluice.schemas.TrackAttributes;
import sluice.schemas.wire.ReleasedSchemas;
import sluice.track.signal.KnownSignals;

/** The databases here hold made-up places for the networks that are reserved for documentation. */
class EnricherTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    @TempDir
    private static Path folder;

    private static KnownSignals signals() throws IOException {
        return new KnownSignals(new SignalKeys(Blinding.open(folder)), ReleasedSchemas.load(), 1 << 20);
    }

    private static Path file(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(EnricherTest.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Enrichment enriched(@Nullable String address, @Nullable String userAgent) throws IOException {
        var enricher = new Enricher(Optional.of(file("places.mmdb")), Optional.of(file("anonymous.mmdb")), signals());
        return enriched(enricher, address, userAgent);
    }

    private static Enrichment enriched(Enricher enricher, @Nullable String address, @Nullable String userAgent) {
        var attributes = TrackAttributes.newBuilder()
                .setIpAddress(address)
                .setUserAgent(userAgent)
                .setCustom(Map.of())
                .build();
        enricher.enrich("acme", attributes, AT);
        return attributes.getEnrichment();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, FR, 48.8566, 2.3522, Europe/Paris, false",
        "192.0.2.200, GB, 51.5074, -0.1278, Europe/London, false",
        "::ffff:192.0.2.7, FR, 48.8566, 2.3522, Europe/Paris, false",
        "2001:db8:1::9, JP, 35.6762, 139.6503, Asia/Tokyo, false",
        "203.0.113.1, AU, , , , true",
        "203.0.113.200, , , , , true",
        "10.0.0.1, , , , , false"
    })
    void givenAnAddress_whenEnriched_thenWhatTheFilesTellIsKnown(
            String address, String country, Double latitude, Double longitude, String timeZone, boolean isAnonymous)
            throws IOException {
        var enrichment = enriched(address, null);

        assertThat(enrichment.getCountry()).isEqualTo(country);
        assertThat(enrichment.getLatitude()).isEqualTo(latitude);
        assertThat(enrichment.getLongitude()).isEqualTo(longitude);
        assertThat(enrichment.getTimeZone()).isEqualTo(timeZone);
        assertThat(enrichment.getIsAnonymous()).isEqualTo(isAnonymous);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 192.0.2.7", "::ffff:192.0.2.7, 192.0.2.7", "2001:DB8:0:0:0:0:0:1, 2001:db8::1"})
    void givenAnAddress_whenEnriched_thenItHasOneSpelling(String address, String canonical) throws IOException {
        assertThat(enriched(address, null).getAddress()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.com",
                "1.2.3",
                "1.2.3.4.5",
                "010.1.1.1",
                "1.2.3.0/24",
                "*",
                "1-2.3.4.5",
                "::1/64",
                "0x7f.1",
                "999.1.1.1"
            })
    void givenWhatIsNoAddress_whenEnriched_thenNothingIsKnownOfIt(String text) throws IOException {
        var enrichment = enriched(text, null);

        assertThat(enrichment.getAddress()).isNull();
        assertThat(enrichment.getCountry()).isNull();
        assertThat(enrichment.getIsAnonymous()).isNull();
    }

    @Test
    void givenNoFiles_whenEnriched_thenPlaceAndAnonymityAreUnknown() throws IOException {
        var enricher = new Enricher(Optional.empty(), Optional.empty(), signals());
        var enrichment = enriched(enricher, "192.0.2.7", null);

        assertThat(enricher.hasPlaces()).isFalse();
        assertThat(enricher.hasAnonymous()).isFalse();
        assertThat(enrichment.getAddress()).isEqualTo("192.0.2.7");
        assertThat(enrichment.getCountry()).isNull();
        assertThat(enrichment.getIsAnonymous()).isNull();
    }

    @Test
    void givenUserAgents_whenEnriched_thenBrowserSystemAndBotsAreTold() throws IOException {
        var firefox = enriched(null, FIREFOX);
        assertThat(firefox.getBrowser()).isEqualTo("Firefox");
        assertThat(firefox.getOperatingSystem()).isEqualTo("Linux");
        assertThat(firefox.getIsBot()).isFalse();

        assertThat(enriched(null, "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
                        .getIsBot())
                .isTrue();
        assertThat(enriched(null, "\u0000 no browser at all").getBrowser()).isEqualTo("Other");
    }

    @Test
    void givenNeither_whenEnriched_thenThereIsNoEnrichment() throws IOException {
        assertThat(enriched(null, null)).isNull();
    }

    @Test
    void givenAFileThatIsNone_whenStarted_thenItIsRefused(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("no.mmdb"), "nothing of the kind");

        assertThatThrownBy(() -> new Enricher(Optional.of(file), Optional.empty(), signals()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void givenAUserAgent_whenItIsShown_thenPeopleCanTellIt() throws Exception {
        var enricher = new Enricher(Optional.empty(), Optional.empty(), signals());

        var firefox =
                enricher.userAgent("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0");
        var unknown = enricher.userAgent("x");

        assertThat(firefox.summary()).contains("Firefox on Windows");
        assertThat(firefox.browser()).isEqualTo(new ParsedUserAgent.Browser("Firefox", "133.0", "133"));
        assertThat(unknown.summary()).isEmpty();
        assertThat(unknown.browser().version()).isNull();
    }
}
