package sluice.track.passkey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class UserHandleTest {
    @Property
    void aHandleNamesItsUser(@ForAll @StringLength(min = 1, max = 16) String userId) {
        Assume.that(UTF_8.newEncoder().canEncode(userId));

        assertThat(UserHandle.of(userId).orElseThrow().userId()).contains(userId);
    }

    @Property
    void anyTextIsAHandleOrNone(@ForAll String text) {
        var named = new UserHandle(text).userId();

        named.ifPresent(userId -> assertThat(userId.indexOf('\uFFFD')).isNegative());
    }

    @Test
    void givenAnIdOfMoreThan64Bytes_whenAHandleIsMade_thenThereIsNone() {
        assertThat(UserHandle.of("é".repeat(32))).isPresent();
        assertThat(UserHandle.of("é".repeat(32) + "a")).isEmpty();
    }

    @Test
    void givenBytesThatAreNoText_whenRead_thenTheyNameNobody() {
        assertThat(new UserHandle("__8").userId()).isEmpty();
    }
}
