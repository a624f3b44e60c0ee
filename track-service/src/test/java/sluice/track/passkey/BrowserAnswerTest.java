package sluice.track.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The JSON of docs/passkeys.md, which is on the log for as long as the log is. */
class BrowserAnswerTest {
    private static final RelyingParty SHOP = new RelyingParty(
            "example.com",
            new TreeSet<>(List.of("https://shop.example.com", "https://example.com")),
            new TreeSet<>(List.of("*")));

    @Test
    void givenANewPasskey_whenWritten_thenTheEnrolmentIsNamed() {
        var credential = JsonNodeFactory.instance.objectNode().put("id", "AAAA");

        assertThat(BrowserAnswer.registration("authenticator-1", false, SHOP, credential, "Netscape")
                        .json())
                .isEqualTo("{\"registration\":{\"authenticatorId\":\"authenticator-1\",\"isConditional\":false,"
                        + "\"relyingParty\":{\"id\":\"example.com\",\"origins\":[\"https://example.com\",\"https://shop.example.com\"],\"frames\":[\"*\"]},"
                        + "\"credential\":\"{\\\"id\\\":\\\"AAAA\\\"}\",\"userAgent\":\"Netscape\"}}");
    }

    @Test
    void givenAnAnswerForWhoeverItIs_whenWritten_thenTheChallengeIsThereAndNoUser() {
        var challenge = new PasskeyChallenge("AQID", "signIn", "key-1", null, 1_767_225_600_000L);

        assertThat(BrowserAnswer.assertion(challenge, SHOP, JsonNodeFactory.instance.objectNode(), null)
                        .json())
                .isEqualTo(
                        "{\"assertion\":{\"challenge\":\"AQID\",\"actionCode\":\"signIn\",\"idempotencyKey\":\"key-1\","
                                + "\"expiresAt\":1767225600000,"
                                + "\"relyingParty\":{\"id\":\"example.com\",\"origins\":[\"https://example.com\",\"https://shop.example.com\"],\"frames\":[\"*\"]},"
                                + "\"credential\":\"{}\"}}");
    }
}
