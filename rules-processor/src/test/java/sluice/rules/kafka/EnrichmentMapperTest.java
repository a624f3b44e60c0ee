package sluice.rules.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sluice.rules.domain.Enrichment;
import sluice.rules.domain.SharedUse;

class EnrichmentMapperTest {
    @Test
    void givenWhatTheIngressFoundOut_whenRead_thenEachPartIsInItsPlace() {
        var read = sluice.schemas.Enrichment.newBuilder()
                .setAddress("192.0.2.7")
                .setCountry("FR")
                .setLatitude(48.8566)
                .setLongitude(2.3522)
                .setTimeZone("Europe/Paris")
                .setIsAnonymous(false)
                .setBrowser("Firefox")
                .setOperatingSystem("Linux")
                .setDeviceType("Other")
                .setIsBot(true)
                .setUsersOfAddressLastHour(2L)
                .setUsersOfAddressLastDay(3L)
                .setUsersOfDeviceLastDay(4L)
                .setFailuresOfAddressLastHour(5L)
                .setFailuresOfAddressLastDay(6L)
                .setFailedChallengesOfAddressLastHour(7L)
                .setFailedChallengesOfAddressLastDay(8L)
                .build();

        assertThat(EnrichmentMapper.toDomain(read))
                .isEqualTo(new Enrichment(
                        Optional.of("192.0.2.7"),
                        Optional.of("FR"),
                        Optional.of(48.8566),
                        Optional.of(2.3522),
                        Optional.of("Europe/Paris"),
                        Optional.of(false),
                        Optional.of("Firefox"),
                        Optional.of("Linux"),
                        Optional.of("Other"),
                        Optional.of(true),
                        new SharedUse(
                                Optional.of(2L),
                                Optional.of(3L),
                                Optional.of(4L),
                                Optional.of(5L),
                                Optional.of(6L),
                                Optional.of(7L),
                                Optional.of(8L))));
    }

    @Test
    void givenNothing_whenRead_thenNothingIsKnown() {
        assertThat(EnrichmentMapper.toDomain(null)).isEqualTo(Enrichment.NONE);
        assertThat(EnrichmentMapper.toDomain(
                        sluice.schemas.Enrichment.newBuilder().build()))
                .isEqualTo(Enrichment.NONE);
    }

    /** A platform may write to the log itself: what is no place is refused, as all that is malformed. */
    @Test
    void givenAPlaceThatIsNone_whenRead_thenItIsRefused() {
        assertRefused(1.0, null);
        assertRefused(null, 1.0);
        assertRefused(90.1, 0.0);
        assertRefused(0.0, -180.1);
        assertRefused(Double.NaN, 0.0);
    }

    private static void assertRefused(@Nullable Double latitude, @Nullable Double longitude) {
        var read = sluice.schemas.Enrichment.newBuilder()
                .setLatitude(latitude)
                .setLongitude(longitude)
                .build();
        assertThatThrownBy(() -> EnrichmentMapper.toDomain(read)).isInstanceOf(IllegalArgumentException.class);
    }
}
