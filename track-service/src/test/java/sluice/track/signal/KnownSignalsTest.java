package sluice.track.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.runtime.seal.Blinding;
import sluice.runtime.signal.SignalKeys;
import sluice.schemas.Count;
import sluice.schemas.Enrichment;
import sluice.schemas.SignalCounts;
import sluice.schemas.SignalKind;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.ReleasedSchemas;

class KnownSignalsTest {
    private static final Instant AT = Instant.parse("2026-01-01T12:00:00Z");
    private static final String ADDRESS = "192.0.2.1";
    private static final String DEVICE = "phone";

    @TempDir
    private Path folder;

    private final AvroSerde<SignalCounts> serde = new AvroSerde<>(SignalCounts.class, ReleasedSchemas.load());
    private SignalKeys keys;
    private KnownSignals known;

    @BeforeEach
    void start() throws IOException {
        keys = new SignalKeys(Blinding.open(folder));
        known = new KnownSignals(keys, ReleasedSchemas.load(), 1 << 20);
    }

    /** Five users, one of them an hour ago; three wrong answers. */
    private SignalCounts counts() {
        var minute = AT.getEpochSecond() / 60;
        var hour = minute / 60;
        return SignalCounts.newBuilder()
                .setCountedAt(AT)
                .setUsersByMinute(List.of(new Count(minute, 4L)))
                .setUsersByHour(List.of(new Count(hour - 1, 1L), new Count(hour, 4L)))
                .setFailuresByMinute(List.of(new Count(minute, 3L)))
                .setFailuresByHour(List.of(new Count(hour, 3L)))
                .setFailedChallengesByMinute(List.of(new Count(minute, 1L)))
                .setFailedChallengesByHour(List.of(new Count(hour, 2L)))
                .setKeyCheck(keys.keyCheck())
                .build();
    }

    private void learn(String tenantId, SignalKind kind, String value, SignalCounts counts) {
        known.learn(keys.of(tenantId, kind, value), serde.toBytes(counts));
    }

    private Enrichment told(@Nullable String address, @Nullable String device, Instant at) {
        var enrichment = Enrichment.newBuilder().setAddress(address).build();
        known.tell("acme", device, enrichment, at);
        return enrichment;
    }

    @Test
    void givenAnAddressOfSeveralUsers_whenOneComes_thenTheCountsAreTold() {
        learn("acme", SignalKind.ADDRESS, ADDRESS, counts());
        known.complete(true);

        var enrichment = told(ADDRESS, DEVICE, AT);

        assertThat(enrichment.getUsersOfAddressLastHour()).isEqualTo(4);
        assertThat(enrichment.getUsersOfAddressLastDay()).isEqualTo(5);
        assertThat(enrichment.getFailuresOfAddressLastHour()).isEqualTo(3);
        assertThat(enrichment.getFailuresOfAddressLastDay()).isEqualTo(3);
        assertThat(enrichment.getFailedChallengesOfAddressLastHour()).isEqualTo(1);
        assertThat(enrichment.getFailedChallengesOfAddressLastDay()).isEqualTo(2);
        assertThat(enrichment.getUsersOfDeviceLastDay())
                .as("nobody else has it")
                .isOne();
    }

    @Test
    void givenADeviceOfSeveralUsers_whenOneComesWithoutAnAddress_thenItsCountAloneIsTold() {
        learn("acme", SignalKind.DEVICE, DEVICE, counts());
        known.complete(true);

        var enrichment = told(null, DEVICE, AT);

        assertThat(enrichment.getUsersOfDeviceLastDay()).isEqualTo(5);
        assertThat(enrichment.getUsersOfAddressLastDay()).isNull();
        assertThat(enrichment.getFailuresOfAddressLastDay()).isNull();
        assertThat(enrichment.getFailedChallengesOfAddressLastDay()).isNull();
    }

    @Test
    void givenCounts_whenTimePassesAndNobodyComes_thenTheyFallAsTheWindowsLeaveThem() {
        learn("acme", SignalKind.ADDRESS, ADDRESS, counts());
        known.complete(true);

        assertThat(told(ADDRESS, null, AT.plus(Duration.ofHours(1))).getUsersOfAddressLastHour())
                .isOne();
        assertThat(told(ADDRESS, null, AT.plus(Duration.ofHours(23))).getUsersOfAddressLastDay())
                .isEqualTo(4);
        assertThat(told(ADDRESS, null, AT.plus(Duration.ofHours(24))).getFailuresOfAddressLastDay())
                .isZero();
    }

    @Test
    void givenATopicThatIsNotReadToItsEnd_whenAUserComes_thenAllIsUnknown() {
        learn("acme", SignalKind.ADDRESS, ADDRESS, counts());

        assertThat(told(ADDRESS, DEVICE, AT))
                .isEqualTo(Enrichment.newBuilder().setAddress(ADDRESS).build());
    }

    /** E1. */
    @Test
    void givenAnotherTenantsSignal_whenAUserComes_thenNothingIsToldOfIt() {
        learn("globex", SignalKind.ADDRESS, ADDRESS, counts());
        known.complete(true);

        assertThat(told(ADDRESS, null, AT).getUsersOfAddressLastDay()).isOne();
        assertThat(told(ADDRESS, null, AT).getFailuresOfAddressLastDay()).isZero();
    }

    /** An ingress whose machine was not given the key. */
    @Test
    void givenSignalsOfAnotherKey_whenAUserComes_thenAllIsUnknownRatherThanNothing(@TempDir Path elsewhere)
            throws IOException {
        var theirs = new SignalKeys(Blinding.open(elsewhere));
        var counts = counts();
        counts.setKeyCheck(theirs.keyCheck());
        known.learn(theirs.of("acme", SignalKind.ADDRESS, ADDRESS), serde.toBytes(counts));
        known.complete(true);

        assertThat(told(ADDRESS, DEVICE, AT).getUsersOfAddressLastDay()).isNull();
        learn("acme", SignalKind.ADDRESS, ADDRESS, counts());
        assertThat(told(ADDRESS, DEVICE, AT).getUsersOfAddressLastDay())
                .as("the key was made anew, and what it replaced is older")
                .isEqualTo(5);
    }

    /** E8: 20 in the last hour; a mail that leaves it makes room. */
    @Test
    void e8_givenMailsToAnAddress_whenTheHourIsFull_thenTheNextWaitsUntilOneHasLeftIt() {
        var minute = AT.getEpochSecond() / 60;
        var counts = counts();
        counts.setUsersByMinute(
                List.of(new Count(minute - 61, 9L), new Count(minute - 50, 2L), new Count(minute, 18L)));
        learn("acme", SignalKind.EMAIL, "ada@shop.example", counts);

        assertThat(known.mailsRetryAt("acme", "ada@shop.example", AT))
                .as("not all is known")
                .isEmpty();
        known.complete(true);

        assertThat(known.mailsRetryAt("acme", "Ada@shop.example", AT)).contains(AT.plus(Duration.ofMinutes(10)));
        assertThat(known.mailsRetryAt("acme", "ada@shop.example", AT.plus(Duration.ofMinutes(10))))
                .isEmpty();
        assertThat(known.mailsRetryAt("globex", "ada@shop.example", AT)).isEmpty();
        assertThat(known.mailsRetryAt("acme", "eve@shop.example", AT)).isEmpty();
    }

    @Test
    void givenWhatIsNoRecord_whenItIsLearnt_thenTheOthersStayKnown() {
        learn("acme", SignalKind.ADDRESS, ADDRESS, counts());
        known.learn("acme/ADDRESS/other", new byte[] {1, 2, 3});
        known.learn(null, new byte[] {1, 2, 3});
        known.learn(null, null);
        known.complete(true);

        assertThat(told(ADDRESS, null, AT).getUsersOfAddressLastDay()).isEqualTo(5);
    }

    @Test
    void givenARecordThatIsGone_whenAUserComes_thenItCountsNoMore() {
        learn("acme", SignalKind.ADDRESS, ADDRESS, counts());
        known.learn(keys.of("acme", SignalKind.ADDRESS, ADDRESS), null);
        known.complete(true);

        assertThat(told(ADDRESS, null, AT).getUsersOfAddressLastDay()).isOne();
    }
}
