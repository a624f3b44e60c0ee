package sluice.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest {
    /** RFC 4291 section 2.2 and RFC 3986 section 3.2.2 rule these out, or leave open what they mean. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "01.2.3.4",
                "256.1.1.1",
                "1.2.3.-4",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "fe80::1%eth0",
                "[::1]",
                "::1.2.3",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "example.com",
                "1:2:3:4:5:6:7::8"
            })
    void givenWhatIsNoAddress_whenParsed_thenItIsNone(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Property
    void anIpv4AddressIsInTheRangesThatShareItsBits(
            @ForAll int address, @ForAll int other, @ForAll @IntRange(max = 32) int prefix)
            throws UnknownHostException {
        var mask = prefix == 0 ? 0 : -1 << (32 - prefix);
        var range = IpRange.parse(v4(other & mask) + "/" + prefix).orElseThrow();

        assertThat(range.isSkewed()).isFalse();
        assertThat(range.contains(IpAddress.parse(v4(address)).orElseThrow()))
                .isEqualTo((address & mask) == (other & mask));
        assertThat(range.contains(
                        IpAddress.parse(v4((address & ~mask) | (other & mask))).orElseThrow()))
                .isTrue();
    }

    @Property
    void anIpv6AddressIsInTheRangesThatShareItsBits(
            @ForAll @Size(16) byte[] address, @ForAll @Size(16) byte[] other, @ForAll @IntRange(max = 128) int prefix)
            throws UnknownHostException {
        address[0] |= 1; // beyond the IPv4 addresses that are mapped
        other[0] |= 1;
        var shift = 128 - prefix;
        var network = new BigInteger(1, other).shiftRight(shift).shiftLeft(shift);
        var range = IpRange.parse(v6(network) + "/" + prefix).orElseThrow();

        assertThat(range.contains(
                        IpAddress.parse(v6(new BigInteger(1, address))).orElseThrow()))
                .isEqualTo(new BigInteger(1, address).shiftRight(shift).equals(network.shiftRight(shift)));
        assertThat(range.contains(IpAddress.parse(v6(new BigInteger(1, other))).orElseThrow()))
                .isTrue();
    }

    private static String v4(int bits) throws UnknownHostException {
        return InetAddress.getByAddress(BigInteger.valueOf(bits).intValue() == 0 ? new byte[4] : bytes(bits))
                .getHostAddress();
    }

    private static byte[] bytes(int bits) {
        return new byte[] {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
    }

    private static String v6(BigInteger bits) throws UnknownHostException {
        var bytes = new byte[16];
        for (var i = 0; i < bytes.length; i++)
            bytes[i] = bits.shiftRight(8 * (15 - i)).byteValue();
        return InetAddress.getByAddress(bytes).getHostAddress();
    }
}
