package sluice.rules.domain.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2",
        "2001:db8:1:2::6, 2001:db8:1:2",
        "2001:db8::6, 2001:db8:0:0",
        "::1, 0:0:0:0",
        "2001:db8::, 2001:db8:0:0",
        "::, 0:0:0:0",
        "no:address, no:address"
    })
    void givenAnAddress_whenItsNetworkIsAskedFor_thenItIsWhatOneLineHas(String address, String network) {
        assertThat(Source.networkOf(address)).isEqualTo(network);
    }
}
