package sluice.rules.domain.webauthn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.webauthn4j.converter.util.ObjectConverter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.rules.testkit.Browser;
import sluice.rules.testkit.SoftKey;
import tools.jackson.databind.JsonNode;

class CeremoniesTest {
    private static final String CHALLENGE = "32 bytes that nobody could guess";
    private static final String ADA = "ada";
    private static final SoftKey KEY = SoftKey.of("ES256");
    private static final Ceremonies CEREMONIES = new Ceremonies();
    private static final Passkey KNOWN = registered(KEY).orElseThrow();
    private static final String ANSWER = KEY.authenticate(CHALLENGE.getBytes(UTF_8));
    private static final String REGISTRATION = KEY.register(CHALLENGE.getBytes(UTF_8));

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "EdDSA", "RS256"})
    void givenAKeyOfAnOfferedAlgorithm_whenItAnswers_thenItIsRight(String algorithm) {
        var key = SoftKey.of(algorithm);
        var passkey = registered(key).orElseThrow();

        assertThat(passkey.credentialId()).isEqualTo(key.credentialId());
        assertThat(asserted(passkey, key)).contains(passkey);
    }

    @Test
    void givenAKeyOfAnotherAlgorithm_whenItIsRegistered_thenItIsRefused() {
        assertThat(registered(SoftKey.of("ES384"))).isEmpty();
    }

    @Test
    void givenANewPasskey_whenItIsRegistered_thenWhatTheAuthenticatorSaidIsKept() {
        var passkey = registered(SoftKey.of("ES256").onOneDevice().counting(7)).orElseThrow();

        assertThat(passkey.signatureCount()).isEqualTo(7);
        assertThat(passkey.isBackupEligible()).isFalse();
        assertThat(passkey.isBackedUp()).isFalse();
        assertThat(passkey.attachment()).contains("platform");
        assertThat(passkey.transports()).containsExactly("hybrid", "internal");
        assertThat(passkey.aaguid()).isEqualTo("00000000-0000-0000-0000-000000000000");
    }

    @Test
    void givenAnotherOrigin_whenItAsks_thenNoAnswerCounts() {
        assertThat(registered(SoftKey.of("ES256").at("https://shop.example.evil.example")))
                .isEmpty();
        assertThat(asserted(KNOWN, KEY.copy().at("http://shop.example"))).isEmpty();
        assertThat(asserted(KNOWN, KEY.copy().at("https://shop.example:8443"))).isEmpty();
    }

    /** The browser SDK's popup (contract section 7); another site could lay its own page over the frame. */
    @Test
    void givenAPageInAFrame_whenItAsks_thenTheAnswerCountsUnlessTheBrowserNamesAStranger() {
        assertThat(registered(SoftKey.of("ES256").framed())).isPresent();
        assertThat(asserted(KNOWN, KEY.copy().framed())).isPresent();
        assertThat(asserted(KNOWN, KEY.copy().framedBy("https://shop.example"))).isPresent();
        assertThat(asserted(KNOWN, KEY.copy().framedBy("https://partner.example")))
                .isPresent();
        assertThat(registered(SoftKey.of("ES256").framedBy("https://evil.example")))
                .isEmpty();
        assertThat(asserted(KNOWN, KEY.copy().framedBy("https://evil.example"))).isEmpty();
    }

    @Test
    void givenAnotherRelyingParty_whenItsPasskeyAnswers_thenItIsWrong() {
        assertThat(registered(SoftKey.of("ES256").forRpId("example"))).isEmpty();
        assertThat(asserted(KNOWN, KEY.copy().forRpId("example"))).isEmpty();
    }

    @Test
    void givenAnotherChallenge_whenItWasSigned_thenTheAnswerIsWrong() {
        assertThat(CEREMONIES.register(registration(KEY.register("other".getBytes(UTF_8))), CHALLENGE.getBytes(UTF_8)))
                .isEmpty();
        assertThat(CEREMONIES.assertBy(
                        KNOWN, Browser.answer(KEY.authenticate("other".getBytes(UTF_8)), CHALLENGE), ADA))
                .isEmpty();
    }

    @Test
    void givenAnAnswerOfTheOtherCeremony_whenItIsTried_thenItIsWrong() {
        var answer = KEY.authenticate("webauthn.create", CHALLENGE.getBytes(UTF_8));

        assertThat(CEREMONIES.assertBy(KNOWN, Browser.answer(answer, CHALLENGE), ADA))
                .isEmpty();
    }

    @Test
    void givenAUserWhoWasNotThereOrNotVerified_whenTheAnswerComes_thenItIsWrong() {
        assertThat(registered(SoftKey.of("ES256").withoutUserPresence())).isEmpty();
        assertThat(registered(SoftKey.of("ES256").withoutUserVerification())).isEmpty();
        assertThat(asserted(KNOWN, KEY.copy().withoutUserPresence())).isEmpty();
        assertThat(asserted(KNOWN, KEY.copy().withoutUserVerification())).isEmpty();
    }

    @Test
    void givenABrowserThatMadeAPasskeyByItself_whenItIsRegistered_thenNobodyHadToBeThere() {
        var key = SoftKey.of("ES256").withoutUserPresence().withoutUserVerification();
        var answer = new PasskeyAnswer.Registration(
                "authenticator", true, SoftKey.SHOP, key.register(CHALLENGE.getBytes(UTF_8)), null);

        assertThat(CEREMONIES.register(answer, CHALLENGE.getBytes(UTF_8))).isPresent();
    }

    @Test
    void givenAnotherKeyUnderTheSameName_whenItAnswers_thenItIsWrong() {
        assertThat(asserted(KNOWN, KEY.forged())).isEmpty();
    }

    /** A counter that stands still or goes back is that of a copy; authenticators without one say 0 for ever. */
    @Test
    void givenACounter_whenItDoesNotMoveForward_thenTheAnswerIsWrong() {
        var key = SoftKey.of("ES256").counting(7);
        var passkey = registered(key).orElseThrow();

        assertThat(asserted(passkey, key)).isEmpty();
        assertThat(asserted(passkey, key.counting(6))).isEmpty();
        assertThat(asserted(passkey, key.counting(0))).isEmpty();
        assertThat(asserted(passkey, key.counting(8)).orElseThrow().signatureCount())
                .isEqualTo(8);
    }

    @Test
    void givenAnAnswerThatNamesAUser_whenItIsAnothers_thenItIsWrong() {
        var key = SoftKey.of("ES256");
        var passkey = registered(key).orElseThrow();

        assertThat(asserted(passkey, key.naming("bob"))).isEmpty();
        assertThat(asserted(passkey, key.naming(ADA))).isPresent();
    }

    /** Whatever is changed on the way, in the client's data, the authenticator's, the signature or the JSON. */
    @Property(tries = 2_000)
    void anAlteredAnswerNeverCounts(@ForAll @IntRange(max = 9_999) int place, @ForAll char other) {
        var altered = altered(ANSWER, place, other);

        var judged = CEREMONIES.assertBy(KNOWN, Browser.answer(altered, CHALLENGE), ADA);

        assertThat(judged.isEmpty() || sameBytes(ANSWER, altered, "clientDataJSON", "authenticatorData", "signature"))
                .as(altered)
                .isTrue();
    }

    /** Of a registration nothing but the client's data is vouched for: another key is the client's affair. */
    @Property(tries = 1_000)
    void anAlteredRegistrationIsNoFaultAndAnswersNoOtherChallenge(
            @ForAll @IntRange(max = 9_999) int place, @ForAll char other) {
        var altered = altered(REGISTRATION, place, other);

        var judged = CEREMONIES.register(registration(altered), CHALLENGE.getBytes(UTF_8));

        assertThat(judged.isEmpty() || sameMeaning(REGISTRATION, altered))
                .as(altered)
                .isTrue();
    }

    @Property(tries = 500)
    void whatIsNoAnswerIsNoFault(@ForAll String text) {
        assertThat(CEREMONIES.assertBy(KNOWN, Browser.answer(text, CHALLENGE), ADA))
                .isEmpty();
        assertThat(CEREMONIES.register(registration(text), CHALLENGE.getBytes(UTF_8)))
                .isEmpty();
        assertThat(CEREMONIES.read(text).flatMap(PasskeyAnswer::ofAssertion)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "[]", "{\"rawId\":\"AA\",\"response\":{}}", "{\"response\":null}"})
    void givenAnAnswerWithoutItsMembers_whenItIsJudged_thenItIsWrong(String text) {
        whatIsNoAnswerIsNoFault(text);
    }

    private static String altered(String text, int place, char other) {
        var index = place % text.length();
        return text.substring(0, index) + other + text.substring(index + 1);
    }

    /** Names that nobody reads may change, as in clientDataJSON nothing is signed here. */
    private static boolean sameMeaning(String text, String altered) {
        return Stream.of("type", "challenge", "origin")
                .allMatch(member ->
                        clientData(text).path(member).equals(clientData(altered).path(member)));
    }

    private static JsonNode clientData(String text) {
        var mapper = new ObjectConverter().getJsonMapper();
        return mapper.readTree(decoded(
                mapper.readTree(text).path("response").path("clientDataJSON").asString()));
    }

    /** Some of the text may change: a member that nobody reads, the spare bits of base64's last digit. */
    private static boolean sameBytes(String text, String altered, String... members) {
        var mapper = new ObjectConverter().getJsonMapper();
        var before = mapper.readTree(text).path("response");
        var after = mapper.readTree(altered).path("response");
        return Stream.of(members)
                .allMatch(member -> Arrays.equals(
                        decoded(before.path(member).asString()),
                        decoded(after.path(member).asString())));
    }

    private static byte[] decoded(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    /** What a client says of itself stays with the passkey only if it is short. */
    @Test
    void givenALongUserAgent_whenAPasskeyIsRegistered_thenItIsNotKept() {
        var passkey = registered(SoftKey.of("ES256")).orElseThrow();

        assertThat(passkey.userAgent()).isEmpty();
    }

    private static Optional<Passkey> registered(SoftKey key) {
        return CEREMONIES.register(registration(key.register(CHALLENGE.getBytes(UTF_8))), CHALLENGE.getBytes(UTF_8));
    }

    private static PasskeyAnswer.Registration registration(String credential) {
        return new PasskeyAnswer.Registration("authenticator", false, SoftKey.SHOP, credential, "x".repeat(513));
    }

    private static Optional<Passkey> asserted(Passkey passkey, SoftKey key) {
        return CEREMONIES.assertBy(passkey, Browser.answer(key, CHALLENGE), ADA);
    }
}
