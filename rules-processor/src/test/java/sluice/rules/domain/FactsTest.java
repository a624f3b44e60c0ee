package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Reader;
import sluice.rules.testkit.Story;
import sluice.schemas.ActionOutcome;

/** What rules see of a user's past; that of the moment is in RulesTest. */
class FactsTest {
    private static final Signals PHONE_IN_PARIS = signals("phone", "192.0.2.7", "FR", 48.8566, 2.3522, "Europe/Paris");
    private static final Signals PHONE_IN_LONDON =
            signals("phone", "192.0.2.200", "GB", 51.5074, -0.1278, "Europe/London");
    private static final Signals LAPTOP_IN_TOKYO =
            signals("laptop", "2001:db8:1::9", "JP", 35.6762, 139.6503, "Asia/Tokyo");

    private final Acme acme = new Acme().outcome("browse", ActionOutcome.ALLOW).outcome("spam", ActionOutcome.BLOCK);
    private final Story story = new Story(acme);
    private final Reader reader = new Reader(acme, story);

    private static Signals signals(
            String device, String address, String country, double latitude, double longitude, String timeZone) {
        return new Signals(
                Optional.of("::ffff:" + address),
                Optional.of("Mozilla/5.0"),
                Optional.of(device),
                Optional.empty(),
                Map.of(),
                Enrichment.NONE.with(found -> found.address(Optional.of(address))
                        .country(Optional.of(country))
                        .latitude(Optional.of(latitude))
                        .longitude(Optional.of(longitude))
                        .timeZone(Optional.of(timeZone))
                        .isAnonymous(Optional.of(false))
                        .browser(Optional.of("Firefox"))
                        .operatingSystem(Optional.of(device.equals("phone") ? "Android" : "Linux"))
                        .deviceType(Optional.of("Other"))
                        .isBot(Optional.of(true))));
    }

    private String read(String name, Signals signals) {
        return Objects.requireNonNull(reader.read("pay", signals, name).get(name));
    }

    /** A challenge that is met, some time later. */
    private void met(Signals signals) {
        story.after(Duration.ofMinutes(2));
        var key = story.track("signIn", signals).action().idempotencyKey();
        assertThat(story.verify("signIn", key, 0).result()).isEqualTo(sluice.schemas.VerificationResult.VERIFIED);
    }

    private void missed(Signals signals) {
        var key = story.track("signIn", signals).action().idempotencyKey();
        for (var i = 0; i < Acme.ATTEMPTS_MAX; i++) {
            story.after(Duration.ofSeconds(10)).verify("signIn", key, "000000");
        }
    }

    @ParameterizedTest
    @CsvSource({"device.isNew", "ip.isNew", "ip.isCountryNew", "userAgent.isNew"})
    void givenWhatAUserCameWith_whenItIsReadAgain_thenItIsNewUntilAnActionWithItWasAllowedOrItsChallengeMet(
            String name) {
        story.enrolled();
        assertThat(read(name, PHONE_IN_PARIS)).isEqualTo("true");
        missed(PHONE_IN_PARIS);
        story.track("spam", PHONE_IN_PARIS);
        assertThat(read(name, PHONE_IN_PARIS)).isEqualTo("true");

        met(PHONE_IN_PARIS);
        story.track("browse", LAPTOP_IN_TOKYO);

        assertThat(read(name, PHONE_IN_PARIS)).isEqualTo("false");
        assertThat(read(name, LAPTOP_IN_TOKYO)).isEqualTo("false");
        assertThat(read(name, Signals.NONE)).isEqualTo("null");
    }

    @Test
    void givenADeviceOfTheUsers_whenItComesAgain_thenItsPastIsKnown() {
        String[] names = {"device.knownForDays", "device.secondsSinceLastSeen", "device.countOfUser"};
        assertThat(reader.read("pay", PHONE_IN_PARIS, names))
                .isEqualTo(Map.of(names[0], "null", names[1], "null", names[2], "0.0"));
        story.track("browse", PHONE_IN_PARIS);
        story.after(Duration.ofDays(3).plusMillis(1500));

        assertThat(reader.read("pay", PHONE_IN_PARIS, names))
                .isEqualTo(Map.of(names[0], "3.0", names[1], "259201.5", names[2], "1.0"));
    }

    @ParameterizedTest
    @CsvSource({
        "ip.address, 192.0.2.7",
        "ip.countryCode, FR",
        "ip.isAnonymous, false",
        "device.type, Other",
        "device.isBot, true",
        "userAgent.browser, Firefox",
        "userAgent.operatingSystem, Android",
        "action.timeZone, Europe/Paris",
        "action.hourOfDay, 1.0",
        "action.dayOfWeek, THURSDAY"
    })
    void givenWhatTheIngressFoundOut_whenRead_thenItIsWhatItFoundOut(String name, String value) {
        assertThat(read(name, PHONE_IN_PARIS)).isEqualTo(value);
    }

    @Test
    void givenATimeZoneThatNobodyKnows_whenTheHourIsRead_thenItIsThatOfUtc() {
        var nowhere = Signals.NONE.withEnrichment(Enrichment.NONE.withTimeZone(Optional.of("Mars/Olympus Mons")));

        var seen = reader.read("pay", nowhere, "action.timeZone", "action.hourOfDay");

        assertThat(seen).isEqualTo(Map.of("action.timeZone", "null", "action.hourOfDay", "0.0"));
    }

    @Test
    void givenAChallengeThatWasMetInParis_whenTheUserIsElsewhere_thenTheJourneyIsMeasuredFromThere() {
        String[] names = {
            "ip.kilometresFromLastVerified",
            "ip.speedFromLastVerified",
            "ip.isImpossibleTravel",
            "ip.isAtypicalTravel",
            "user.secondsSinceLastSuccess"
        };
        assertThat(reader.read("pay", PHONE_IN_PARIS, names))
                .containsOnlyKeys(names)
                .allSatisfy((name, value) -> assertThat(value).isEqualTo("null"));
        story.enrolled();
        met(PHONE_IN_PARIS);
        story.track("browse", LAPTOP_IN_TOKYO); // allowed, but nobody was verified there

        story.after(Duration.ofMinutes(30));
        var london = reader.read("pay", PHONE_IN_LONDON, names);
        assertThat(Double.parseDouble(london.get(names[0]))).isBetween(343.0, 345.0);
        assertThat(Double.parseDouble(london.get(names[1]))).isBetween(686.0, 690.0);
        assertThat(london).containsEntry(names[2], "false").containsEntry(names[3], "false");
        assertThat(london).containsEntry(names[4], "1800.0");

        var sydney = signals("phone", "198.51.100.1", "AU", -33.8688, 151.2093, "Australia/Sydney");
        assertThat(reader.read("pay", sydney, names))
                .containsEntry(names[2], "true")
                .containsEntry(names[3], "true");
        assertThat(reader.read("pay", LAPTOP_IN_TOKYO, names))
                .containsEntry(names[2], "true")
                .containsEntry(names[3], "false"); // a country of the user's own
        story.after(Duration.ofDays(2));
        assertThat(reader.read("pay", sydney, names))
                .containsEntry(names[2], "false")
                .containsEntry(names[3], "true");
        assertThat(reader.read("pay", Signals.NONE, names)).containsEntry(names[2], "null");
    }

    @Test
    void givenActionsAndAnswers_whenCounted_thenTheActionAtHandCountsItself() {
        story.enrolled().after(Duration.ofMinutes(5));
        assertThat(read("action.secondsSinceLast", Signals.NONE)).isEqualTo("null");
        missed(Signals.NONE);
        story.after(Duration.ofMinutes(1));
        String[] names = {
            "action.count.10m",
            "action.count.24h",
            "user.attempts.10m",
            "user.failedChallenges.1h",
            "action.secondsSinceLast"
        };

        assertThat(reader.read("pay", Signals.NONE, names))
                .isEqualTo(
                        Map.of(names[0], "2.0", names[1], "2.0", names[2], "6.0", names[3], "1.0", names[4], "110.0"));
        story.after(Duration.ofMinutes(11));
        assertThat(reader.read("pay", Signals.NONE, names))
                .isEqualTo(
                        Map.of(names[0], "1.0", names[1], "3.0", names[2], "0.0", names[3], "1.0", names[4], "660.0"));
    }

    /** P2: what is counted twice would be decided twice. */
    @Test
    void givenAnActionThatComesAgain_whenCounted_thenItCountsOnce() {
        story.track("pay", "1");
        story.track("pay", "1");
        story.tell(story.told().get(0));

        assertThat(read("action.count.1h", Signals.NONE)).isEqualTo("2.0");
    }
}
