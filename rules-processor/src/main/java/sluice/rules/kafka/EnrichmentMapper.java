package sluice.rules.kafka;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.rules.domain.Enrichment;
import sluice.rules.domain.SharedUse;

/** Reads what the ingress found out, or whoever else wrote the event. */
final class EnrichmentMapper {
    private EnrichmentMapper() {}

    /** @throws IllegalArgumentException if its place is none */
    static Enrichment toDomain(sluice.schemas.@Nullable Enrichment read) {
        return read == null
                ? Enrichment.NONE
                : new Enrichment(
                        Optional.ofNullable(read.getAddress()),
                        Optional.ofNullable(read.getCountry()),
                        Optional.ofNullable(read.getLatitude()),
                        Optional.ofNullable(read.getLongitude()),
                        Optional.ofNullable(read.getTimeZone()),
                        Optional.ofNullable(read.getIsAnonymous()),
                        Optional.ofNullable(read.getBrowser()),
                        Optional.ofNullable(read.getOperatingSystem()),
                        Optional.ofNullable(read.getDeviceType()),
                        Optional.ofNullable(read.getIsBot()),
                        shared(read));
    }

    private static SharedUse shared(sluice.schemas.Enrichment read) {
        return new SharedUse(
                Optional.ofNullable(read.getUsersOfAddressLastHour()),
                Optional.ofNullable(read.getUsersOfAddressLastDay()),
                Optional.ofNullable(read.getUsersOfDeviceLastDay()),
                Optional.ofNullable(read.getFailuresOfAddressLastHour()),
                Optional.ofNullable(read.getFailuresOfAddressLastDay()),
                Optional.ofNullable(read.getFailedChallengesOfAddressLastHour()),
                Optional.ofNullable(read.getFailedChallengesOfAddressLastDay()));
    }
}
