package sluice.bench.system;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.ProducerRecord;
import sluice.bench.bare.BareTopics;
import sluice.bench.bare.Envelope;
import sluice.bench.bare.Sizes;
import sluice.schemas.CustomValue;
import sluice.schemas.Enrichment;
import sluice.schemas.TrackAttributes;
import sluice.schemas.TrackEvent;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.ReleasedSchemas;

/** Events as a platform publishes them itself, each of some user, each a new action. */
final class Events {
    private static final int PARTITIONS = 4;

    private final Topics topics = new Topics("sluice.", PARTITIONS, Duration.ofDays(1), ReleasedSchemas.load());
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private final String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);
    private final int users;
    private final String prefix;

    /** @param users to choose from */
    Events(int users) {
        this(users, "user");
    }

    /** @param prefix of the users' ids */
    Events(int users, String prefix) {
        this.users = users;
        this.prefix = prefix;
    }

    /** Of users by chance, now. */
    LongFunction<ProducerRecord<String, byte[]>> of(String action) {
        return number -> event(number, random.nextInt(users), action, Instant.now());
    }

    /** Of each user in turn: the first, the second... */
    LongFunction<ProducerRecord<String, byte[]>> inTurn(String action, Duration before) {
        return number ->
                event(number, (int) (number % users), action, Instant.now().minus(before));
    }

    /** Of each user in turn, the last of them now and all of them spread evenly over what lies before. */
    LongFunction<ProducerRecord<String, byte[]>> over(Duration past, int eventsAUser, String action) {
        return number -> {
            var left = eventsAUser - 1 - number / users;
            var at = Instant.now().minus(past.multipliedBy(left).dividedBy(eventsAUser));
            return event(number, (int) (number % users), action, at);
        };
    }

    private ProducerRecord<String, byte[]> event(long number, int user, String action, Instant at) {
        var userId = prefix + "-" + user;
        var event = TrackEvent.newBuilder()
                .setEventId(run + "-" + action + "-" + number)
                .setTenantId(Tenant.ID)
                .setUserId(userId)
                .setActionCode(action)
                .setIdempotencyKey(run + "-" + number)
                .setReceivedAt(Instant.ofEpochMilli(at.toEpochMilli()))
                .setAttributes(attributes(user, number))
                .build();
        return new ProducerRecord<>(
                topics.trackEvents.name(),
                UserKey.of(Tenant.ID, userId),
                topics.trackEvents.value().toBytes(event));
    }

    private static TrackAttributes attributes(int user, long number) {
        var address = Tenant.address(user);
        return TrackAttributes.newBuilder()
                .setIpAddress(address)
                .setDeviceId("device-" + user)
                .setUserAgent("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
                .setEmail("user-" + user + "@example.com")
                .setCustom(Map.of("amount", new CustomValue(null, (double) (number % 1000), null, null)))
                .setEnrichment(Enrichment.newBuilder()
                        .setAddress(address)
                        .setCountry("NZ")
                        .setLatitude(-36.8)
                        .setLongitude(174.7)
                        .setTimeZone("Pacific/Auckland")
                        .setBrowser("Firefox")
                        .setOperatingSystem("Linux")
                        .setDeviceType("DESKTOP")
                        .setIsBot(false)
                        .build())
                .build();
    }

    /** As large, for the bare system. */
    LongFunction<ProducerRecord<String, byte[]>> bare(Sizes sizes) {
        return number -> new ProducerRecord<>(
                BareTopics.EVENTS, "bare/user-" + random.nextInt(users), Envelope.event(sizes, run + "-" + number));
    }
}
