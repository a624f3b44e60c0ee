package sluice.track.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.InternetAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com", "a+b.c_d-e@sub.example.co.uk", "root@localhost", "o'hara@example.com"})
    void givenWhatPeopleHave_whenRead_thenItIsAnAddress(String text) {
        assertThat(EmailAddress.of(text).map(EmailAddress::text)).contains(text);
    }

    /** E6. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.com",
                "ada@",
                "ada@example.com\r\nBcc: eve@example.com",
                "ada@example.com\n",
                "ada@example.com,eve@example.com",
                "Ada <ada@example.com>",
                "a da@example.com",
                "ada@exam ple.com",
                "ada@-example.com",
                "ada@example..com",
                ".ada@example.com",
                "a..da@example.com",
                "ada@exämple.com",
                "ada\u0000@example.com",
                "\"ada\"@example.com"
            })
    void givenWhatCouldAddToAHeader_whenRead_thenItIsNone(String text) {
        assertThat(EmailAddress.of(text)).isEmpty();
    }

    @Property
    void whateverIsTaken_aMailServersStrictReaderTakesAsOneAddress(
            @ForAll @CharRange(from = ' ', to = '~') @StringLength(min = 1, max = 12) String local,
            @ForAll @CharRange(from = '-', to = 'z') @StringLength(min = 1, max = 12) String domain)
            throws Exception {
        var read = EmailAddress.of(local + "@" + domain);
        if (read.isEmpty()) return;

        assertThat(InternetAddress.parse(read.get().text(), true)).hasSize(1);
    }
}
