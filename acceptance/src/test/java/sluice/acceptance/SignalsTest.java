package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.Enrichment;
import sluice.schemas.TrackAttributes;
import sluice.schemas.TrackEvent;
import sluice.schemas.wire.AvroSerde;

/** What users have in common is stamped on their events, some seconds late, on every ingress. */
@ExtendWith(KafkaBroker.class)
class SignalsTest {
    private static final Duration SOME_SECONDS = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static Sluice sluice;

    @BeforeAll
    static void start(Bootstrap kafka) throws Exception {
        sluice = Sluice.on(kafka, folder).start().startIngressAlone();
    }

    @AfterAll
    static void stop() throws Exception {
        sluice.close();
    }

    /** What an ingress stamped on the track event of a call. */
    private static Enrichment stamped(Api api, String userId, Map<String, Object> attributes) {
        var tracked = api.track(userId, "signIn", attributes);
        assertThat(tracked.status()).isEqualTo(200);
        var topic = sluice.topics().trackEvents;
        var event = Outcomes.of(sluice.node().kafka().client(), topic.name()).stream()
                .map(read -> topic.value().fromBytes(read.value()))
                .filter(each -> each.getIdempotencyKey().equals(tracked.text("idempotencyKey")))
                .findFirst()
                .orElseThrow();
        return opened(event).getEnrichment();
    }

    private static TrackAttributes opened(TrackEvent event) {
        var bytes = sluice.node()
                .sealing()
                .open(
                        Sealed.of(event.getSealedAttributes()).bytes(),
                        "track",
                        event.getTenantId(),
                        event.getUserId(),
                        event.getEventId());
        return new AvroSerde<>(TrackAttributes.class, sluice.topics().schemaIds()).fromBytes(bytes);
    }

    /** Asks as a user who is counted already, until an ingress knows. */
    private static void await(
            Api api, String userId, Map<String, Object> attributes, Function<Enrichment, Long> count, long expected) {
        Awaitility.await().atMost(SOME_SECONDS).untilAsserted(() -> assertThat(
                        count.apply(stamped(api, userId, attributes)))
                .isEqualTo(expected));
    }

    @Test
    void givenFiveUsersOfOneAddress_whenTheSixthComes_thenTheirEventTellsOfTheFiveOnEitherIngress() {
        var shared = Map.<String, Object>of("ipAddress", "198.51.100.5", "deviceId", "kiosk");
        for (var user = 1; user <= 5; user++) sluice.api(0).track("user-" + user, "signIn", shared);
        for (var ingress : new int[] {0, 1}) {
            await(sluice.api(ingress), "user-1", shared, Enrichment::getUsersOfAddressLastHour, 5);
            await(sluice.api(ingress), "user-1", shared, Enrichment::getUsersOfDeviceLastDay, 5);
        }

        var sixth = stamped(sluice.api(1), "user-6", Map.of("ipAddress", "::ffff:198.51.100.5", "deviceId", "kiosk"));

        assertThat(sixth.getUsersOfAddressLastHour()).isEqualTo(5);
        assertThat(sixth.getUsersOfAddressLastDay()).isEqualTo(5);
        assertThat(sixth.getUsersOfDeviceLastDay()).isEqualTo(5);
        assertThat(sixth.getFailuresOfAddressLastDay()).isZero();
    }

    @Test
    void givenAnAddressOfOneUser_whenTheyComeAgain_thenTheyAreTheOnlyOne() {
        var own = Map.<String, Object>of("ipAddress", "198.51.100.6");
        stamped(sluice.api(0), "loner", own);

        assertThat(stamped(sluice.api(0), "loner", own).getUsersOfAddressLastDay())
                .isOne();
    }

    @Test
    void givenAChallenge_whenItIsAnsweredWronglyUntilItFails_thenItsAddressHasFailures() {
        var attacked = Map.<String, Object>of("ipAddress", "198.51.100.7");
        var person = Person.enrolled(sluice.api(0));
        var token = sluice.api(0).track(person.userId(), "signIn", attacked).text("token");
        for (var i = 0; i < 5; i++) sluice.api(0).verify(token, "not a code");

        await(sluice.api(1), person.userId(), attacked, Enrichment::getFailedChallengesOfAddressLastHour, 1);
        var stamped = stamped(sluice.api(1), "somebody else", attacked);
        assertThat(stamped.getFailuresOfAddressLastDay()).isEqualTo(5);
        assertThat(stamped.getFailedChallengesOfAddressLastDay()).isEqualTo(1);
    }
}
