package sluice.track.enrich;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import sluice.schemas.Enrichment;

/** Finds out about IP addresses from the operator's files; what no file tells is unknown. Thread-safe. */
final class Addresses {
    /** Whole addresses only: no range, no wildcard, no octal, no missing part. */
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowMask(false)
            .allowPrefix(false)
            .allowPrefixOnly(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .getParentBuilder()
            .toParams();

    private final Optional<AddressDatabase> places;
    private final Optional<AddressDatabase> anonymous;

    /**
     * Reads the files.
     *
     * @param placesFile a database of cities or countries; empty: none
     * @param anonymousFile a database of anonymous addresses; empty: none
     * @throws IOException if a file can't be read or is no such database
     */
    Addresses(Optional<Path> placesFile, Optional<Path> anonymousFile) throws IOException {
        this.places = placesFile.isPresent() ? Optional.of(new AddressDatabase(placesFile.get())) : Optional.empty();
        this.anonymous =
                anonymousFile.isPresent() ? Optional.of(new AddressDatabase(anonymousFile.get())) : Optional.empty();
    }

    /** Whether places can be told at all. */
    boolean hasPlaces() {
        return places.isPresent();
    }

    /** Whether anonymous addresses can be told at all. */
    boolean hasAnonymous() {
        return anonymous.isPresent();
    }

    /** Fills in what an address tells. */
    void tell(String text, Enrichment enrichment) {
        parsed(text).ifPresent(address -> {
            enrichment.setAddress(address.toCanonicalString());
            places.ifPresent(database -> place(database.find(address.toInetAddress()), enrichment));
            anonymous.ifPresent(database -> enrichment.setIsAnonymous(
                    AddressDatabase.at(database.find(address.toInetAddress()), Boolean.class, "is_anonymous")
                            .orElse(false)));
        });
    }

    /** An IPv4 address that comes as an IPv6 one is still the IPv4 one. */
    private static Optional<IPAddress> parsed(String text) {
        var address = Optional.ofNullable(new IPAddressString(text, STRICT).getAddress());
        return address.map(each -> each.isIPv4Convertible() ? each.toIPv4() : each)
                .filter(each -> !each.isMultiple());
    }

    private static void place(Map<?, ?> found, Enrichment enrichment) {
        AddressDatabase.at(found, String.class, "country", "iso_code").ifPresent(enrichment::setCountry);
        var latitude = AddressDatabase.at(found, Double.class, "location", "latitude");
        var longitude = AddressDatabase.at(found, Double.class, "location", "longitude");
        if (latitude.isPresent() && longitude.isPresent()) {
            enrichment.setLatitude(latitude.get());
            enrichment.setLongitude(longitude.get());
        }
        AddressDatabase.at(found, String.class, "location", "time_zone").ifPresent(enrichment::setTimeZone);
    }
}
