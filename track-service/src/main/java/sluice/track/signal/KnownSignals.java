package sluice.track.signal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.signal.SignalKeys;
import sluice.runtime.signal.domain.Count;
import sluice.runtime.signal.domain.Counts;
import sluice.schemas.Enrichment;
import sluice.schemas.SignalCounts;
import sluice.schemas.SignalKind;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.SchemaIds;

/**
 * The addresses and devices that several users came with, or that challenges were failed from, and the e-mail addresses
 * that mails went to: in memory, at most so
 * much of it, those that are asked for least leave first. Thread-safe.
 */
public final class KnownSignals {
    /** To one address, for all users of a tenant. */
    public static final int MAILS_AN_HOUR_MAX = 20;

    private static final Logger LOG = LoggerFactory.getLogger(KnownSignals.class);

    /** No window reaches further back. */
    private static final Duration AGE = Duration.ofDays(1);

    /** What an entry takes beside its text and bytes, estimated: objects, references, the cache's own. */
    private static final int ENTRY_BYTES = 200;

    private final SignalKeys keys;
    private final AvroSerde<SignalCounts> counts;
    private final Cache<String, byte[]> known;
    private volatile boolean isComplete;
    private volatile boolean isForeign;

    /**
     * Knows nothing yet.
     *
     * @param keys that the signals were named by
     * @param bytesMax memory for it
     */
    public KnownSignals(SignalKeys keys, SchemaIds ids, long bytesMax) {
        this.keys = keys;
        this.counts = new AvroSerde<>(SignalCounts.class, ids);
        this.known = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((String key, byte[] value) -> ENTRY_BYTES + key.length() + value.length)
                .expireAfterWrite(AGE)
                .build();
    }

    /** Learns a record of the topic; one that can't be read is stepped over. */
    void learn(@Nullable String key, byte @Nullable [] record) {
        if (key == null) {
            LOG.warn("A record of the signals names none, it counts for nothing");
            return;
        }
        if (record == null) {
            known.invalidate(key);
            return;
        }
        try {
            var isReadable = counts.fromBytes(record).getKeyCheck().equals(keys.keyCheck());
            if (isReadable) known.put(key, record);
            foreign(!isReadable);
        } catch (SerializationException e) {
            LOG.warn("A record of the signals can't be read, it counts for nothing", e);
        }
    }

    /** With another key nothing is found, which is not the same as that there is nothing. */
    private void foreign(boolean isForeign) {
        if (isForeign && !this.isForeign) {
            LOG.error(
                    "The lookup-keyset.json of this process is not the installation's: it knows no signals across users");
        }
        this.isForeign = isForeign;
    }

    /** Sets whether all that is on the topic was learnt, some seconds of it apart. */
    void complete(boolean isComplete) {
        this.isComplete = isComplete;
    }

    /**
     * Fills in what is known of the address that the enrichment has, and of a device. As long as not all of it was
     * learnt, nothing is known.
     *
     * @param at event time
     */
    public void tell(String tenantId, @Nullable String deviceId, Enrichment enrichment, Instant at) {
        if (!isComplete || isForeign) return;
        var address = enrichment.getAddress();
        if (address != null) {
            var found = find(tenantId, SignalKind.ADDRESS, address);
            var users = found.map(KnownSignals::users);
            var failures = found.map(KnownSignals::failures);
            var failedChallenges = found.map(KnownSignals::failedChallenges);
            enrichment.setUsersOfAddressLastHour(atLeastOne(users.map(each -> each.lastHour(at))));
            enrichment.setUsersOfAddressLastDay(atLeastOne(users.map(each -> each.lastDay(at))));
            enrichment.setFailuresOfAddressLastHour(
                    failures.map(each -> each.lastHour(at)).orElse(0L));
            enrichment.setFailuresOfAddressLastDay(
                    failures.map(each -> each.lastDay(at)).orElse(0L));
            enrichment.setFailedChallengesOfAddressLastHour(
                    failedChallenges.map(each -> each.lastHour(at)).orElse(0L));
            enrichment.setFailedChallengesOfAddressLastDay(
                    failedChallenges.map(each -> each.lastDay(at)).orElse(0L));
        }
        if (deviceId != null && !deviceId.isEmpty()) {
            var users = find(tenantId, SignalKind.DEVICE, deviceId).map(KnownSignals::users);
            enrichment.setUsersOfDeviceLastDay(atLeastOne(users.map(each -> each.lastDay(at))));
        }
    }

    /**
     * When another mail may go to an address, that those of all the tenant's users went to; empty: now, as far as is
     * known (E8).
     */
    public Optional<Instant> mailsRetryAt(String tenantId, String email, Instant at) {
        if (!isComplete || isForeign) return Optional.empty();
        return find(tenantId, SignalKind.EMAIL, email)
                .map(KnownSignals::users)
                .flatMap(mails -> mails.fewerInTheLastHour(MAILS_AN_HOUR_MAX, at));
    }

    /** The user at hand is one, told or not. */
    private static long atLeastOne(Optional<Long> users) {
        return Math.max(1, users.orElse(0L));
    }

    private Optional<SignalCounts> find(String tenantId, SignalKind kind, String value) {
        return Optional.ofNullable(known.getIfPresent(keys.of(tenantId, kind, value)))
                .map(counts::fromBytes);
    }

    private static Counts users(SignalCounts read) {
        return new Counts(toDomain(read.getUsersByMinute()), toDomain(read.getUsersByHour()));
    }

    private static Counts failures(SignalCounts read) {
        return new Counts(toDomain(read.getFailuresByMinute()), toDomain(read.getFailuresByHour()));
    }

    private static Counts failedChallenges(SignalCounts read) {
        return new Counts(toDomain(read.getFailedChallengesByMinute()), toDomain(read.getFailedChallengesByHour()));
    }

    private static List<Count> toDomain(List<sluice.schemas.Count> read) {
        return read.stream()
                .map(each -> new Count(each.getIndex(), each.getCount()))
                .toList();
    }
}
