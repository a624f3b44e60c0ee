package sluice.rules.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.VerificationMethod;

/** S14: how much is compared tells nothing of which authenticator a code was right for, if for any. */
class TotpWorkTest {
    private static final List<byte[]> SECRETS = IntStream.range(0, 4)
            .mapToObj("1234567890123456789%d"::formatted)
            .map(text -> text.getBytes(US_ASCII))
            .toList();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, -1})
    void s14_givenFourAuthenticators_whenOnesCodeOrNonesComes_thenEachIsOpenedAndCompared(int whose) {
        var story = new Story(new Acme());
        for (var secret : SECRETS) enrol(story, secret);
        var opened = new ArrayList<String>();
        var check = new TotpCheck((tenantId, userId, authenticatorId, secret) -> {
            opened.add(authenticatorId);
            return secret.bytes();
        });
        story.track("signIn", "1");
        var code = whose < 0 ? "no code" : story.code(SECRETS.get(whose), 1);

        check.judge(
                story.user(),
                new Event.Verify(
                        story.cause(), new ActionKey("signIn", "1"), VerificationMethod.AUTHENTICATOR_APP, code),
                new Setting.Authenticator(true, 1, Optional.empty()));

        assertThat(opened)
                .containsExactlyElementsOf(story.user().authenticators().stream()
                        .map(EnrolledAuthenticator::id)
                        .toList())
                .hasSize(4);
    }

    private static void enrol(Story story, byte[] secret) {
        var key = "enroll-" + new String(secret, US_ASCII);
        story.track("enroll", key);
        story.enroll("enroll", key, true, secret);
        story.verify("enroll", key, story.code(secret, 0));
    }
}
