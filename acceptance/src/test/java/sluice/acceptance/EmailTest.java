package sluice.acceptance;

import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.Mailbox;
import sluice.acceptance.testkit.Management;
import sluice.acceptance.testkit.Sluice;

/** Codes and magic links by e-mail, through a real mail server. */
@ExtendWith(KafkaBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmailTest {
    private static final String ENROLL = "/client/user-authenticators/email-otp";
    private static final String CHALLENGE = "/client/challenge/email-otp";
    private static final String ENROLL_LINK = "/client/user-authenticators/email-magic-link";
    private static final String FINISH_LINK = "/client/verify/email-magic-link/finalize";

    @TempDir
    private static Path folder;

    private Mailbox mailbox;
    private Sluice sluice;
    private Api api;

    @BeforeAll
    void start(Bootstrap kafka) throws Exception {
        mailbox = Mailbox.open();
        sluice = mailbox.usedBy(Sluice.on(kafka, folder)).start();
        api = sluice.api(0);
    }

    @AfterAll
    void stop() throws Exception {
        sluice.close();
        mailbox.close();
    }

    /** A user, and the address that they have. */
    private record Someone(String userId, String email) {
        static Someone unknown() {
            var name = "user-" + UUID.randomUUID();
            return new Someone(name, name + "@example.com");
        }
    }

    private String track(Someone someone) {
        return api.track(someone.userId(), "signIn", Map.of()).text("token");
    }

    private Answer enroll(String token, String email) {
        return api.client(ENROLL, token, Map.of("email", email));
    }

    private Answer verify(String token, String code) {
        return api.client("/client/verify/email-otp", token, Map.of("verificationCode", code));
    }

    private Someone vouchedFor() {
        var someone = Someone.unknown();
        api.backend(
                "POST",
                "/users/" + someone.userId() + "/authenticators",
                Map.of("verificationMethod", "EMAIL_OTP", "email", someone.email()));
        return someone;
    }

    @Test
    void givenANewUser_whenTheyTypeTheCodeFromTheMail_thenTheAddressIsBoundAndTheActionHasSucceeded() {
        var ada = Someone.unknown();
        var token = track(ada);
        var enrolment = enroll(token, ada.email());
        assertThat(enrolment.status()).isEqualTo(200);
        assertThat(enrolment.text("userId")).isEqualTo(ada.userId());

        var verified = verify(token, mailbox.code(ada.email()));

        assertThat(verified.text("isVerified")).isEqualTo("true");
        assertThat(verified.body().at("/userAuthenticator/userAuthenticatorId").asText())
                .isEqualTo(enrolment.text("userAuthenticatorId"));
        assertThat(verified.body().toString()).doesNotContain(ada.email());
        var validated = api.validate(verified.text("accessToken"));
        assertThat(validated.text("isValid")).isEqualTo("true");
        assertThat(validated.text("verificationMethod")).isEqualTo("EMAIL_OTP");
        var user = api.backend("GET", "/users/" + ada.userId(), Map.of());
        assertThat(user.text("email")).isEqualTo(ada.email());
        assertThat(user.text("emailVerified")).isEqualTo("true");
        assertThat(user.body().path("enrolledVerificationMethods")).hasSize(1);
    }

    /** S1, and that a newer code replaces the older. */
    @Test
    void givenAVouchedAddress_whenTwoCodesAreSent_thenTheNewerCountsAndOnce() {
        var ada = vouchedFor();
        var token = track(ada);
        assertThat(api.client(CHALLENGE, token, Map.of()).text("challengeId")).isNotEmpty();
        var first = mailbox.code(ada.email());
        var second = first;
        while (second.equals(first)) { // one in a million is
            api.client(CHALLENGE, token, Map.of());
            second = mailbox.code(ada.email());
        }

        assertThat(verify(token, first).text("failureReason")).isEqualTo("CODE_INVALID_OR_EXPIRED");
        assertThat(verify(token, second).text("isVerified")).isEqualTo("true");
        assertThat(verify(token, second).text("isVerified")).isEqualTo("false");
        assertThat(api.validate(token).text("isValid")).isEqualTo("true");
    }

    /** E8: counted on the log, whichever ingress is asked. */
    @Test
    void givenFiveMails_whenASixthIsWanted_thenItIsRefusedWithRetryAfterAndNotSent() {
        var ada = vouchedFor();
        for (var each = 0; each < 5; each++) {
            assertThat(api.client(CHALLENGE, track(ada), Map.of()).status()).isEqualTo(200);
        }

        var sixth = api.client(CHALLENGE, track(ada), Map.of());

        assertThat(sixth.status()).isEqualTo(429);
        assertThat(sixth.text("errorCode")).isEqualTo("too_many_requests");
        assertThat(Integer.parseInt(sixth.retryAfter().orElseThrow())).isBetween(500, 600);
        assertThat(mailbox.mails(ada.email())).hasSize(5);
    }

    /** S18. */
    @Test
    void givenAnEnrolledUser_whenAChallengeOnlyTokenBindsAnAddress_thenItIsRefusedAndNothingSent() {
        var ada = vouchedFor();
        var eve = Someone.unknown();

        assertThat(enroll(track(ada), eve.email()).status()).isEqualTo(401);
        assertThat(mailbox.mails(eve.email())).isEmpty();
    }

    /** E6. */
    @Test
    void givenAnAddressThatWouldBeHeaders_whenBound_thenItIsRefusedByName() {
        var before = mailbox.count();

        var refused = enroll(track(Someone.unknown()), "ada@example.com\r\nBcc: eve@example.com");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("errorDescription")).isEqualTo("email: expected an e-mail address.");
        assertThat(mailbox.count()).isEqualTo(before);
    }

    @Test
    void givenAMailServerThatIsDown_whenACodeIsWanted_thenTheCallIsRefusedWithRetryAfter(Bootstrap kafka)
            throws Exception {
        var down = Mailbox.open();
        try (var other = down.usedBy(Sluice.on(kafka, folder)).start()) {
            down.close();
            var ada = Someone.unknown();
            var token = other.api(0).track(ada.userId(), "signIn", Map.of()).text("token");

            var refused = other.api(0).client(ENROLL, token, Map.of("email", ada.email()));

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text("errorCode")).isEqualTo("service_unavailable");
            assertThat(refused.retryAfter()).contains("5");
        }
    }

    @Test
    void givenNoMailServer_whenACodeIsWanted_thenTheMethodIsNotActivated(Bootstrap kafka) throws Exception {
        try (var other = Sluice.on(kafka, folder).start()) {
            var token = other.api(0).track("ada", "signIn", Map.of()).text("token");

            for (var path : new String[] {ENROLL, ENROLL_LINK, CHALLENGE}) {
                var refused = other.api(0).client(path, token, Map.of("email", "ada@example.com"));
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.text("errorCode")).isEqualTo("invalid_configuration");
            }
        }
    }

    @Test
    void givenAMagicLink_whenItIsOpenedAndThenConfirmed_thenOnlyConfirmingMeetsTheChallenge() throws Exception {
        var ada = Someone.unknown();
        var token = track(ada);
        assertThat(api.client(ENROLL_LINK, token, Map.of("email", ada.email())).status())
                .isEqualTo(200);
        var link = mailbox.link(ada.email());

        var page = get("/magic-link?t=" + link);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("value=\"" + link + '"');
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "script-src");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        var waiting = api.client(FINISH_LINK, token, Map.of());
        assertThat(waiting.body().toString()).isEqualTo("{\"isVerified\":false}");

        assertThat(confirm(link).statusCode()).isEqualTo(200);

        var finished = api.client(FINISH_LINK, token, Map.of());
        assertThat(finished.text("isVerified")).isEqualTo("true");
        assertThat(finished.body().at("/userAuthenticator/verificationMethod").asText())
                .isEqualTo("EMAIL_MAGIC_LINK");
        var validated = api.validate(finished.text("accessToken"));
        assertThat(validated.text("isValid")).isEqualTo("true");
        assertThat(validated.text("verificationMethod")).isEqualTo("EMAIL_MAGIC_LINK");
        assertThat(confirm(link).body()).as("pressed twice").doesNotContain("data-screen=\"magic-link-done\" hidden");
    }

    /** The track call's locale, else the profile's; the action's template over the tenant's words. */
    @Test
    void givenTheTenantsWordsAndLook_whenMailsAndTheirPageAreRead_thenTheyAreInThemAndInTheUsersLanguage()
            throws Exception {
        var management = new Management(api);
        management.patch(
                "/message-overrides",
                "{'messageOverrides':{'de':{'email-code-message.lead':'Ihr Code lautet:',"
                        + "'magic-link-confirm.heading':'Sind Sie es?'}}}");
        management.patch("/theme", "{'primaryColor':'#123456'}");
        management.post(
                "/action-configurations",
                "{'actionCode':'pay','messagingTemplates':{'de':{'defaultTemplate':'Zahlung mit {{code}}'}}}");
        try {
            var ada = Someone.unknown();
            var token =
                    api.track(ada.userId(), "enroll", Map.of("locale", "de-AT")).text("token");
            enroll(token, ada.email());
            var code = mailbox.code(ada.email());
            assertThat(mailbox.mails(ada.email())).last().asString().contains("Ihr Code lautet:");
            verify(token, code);

            api.backend("PATCH", "/users/" + ada.userId(), Map.of("locale", "de"));
            api.client(CHALLENGE, api.track(ada.userId(), "pay", Map.of()).text("token"), Map.of());
            assertThat(mailbox.mails(ada.email()))
                    .last()
                    .asString()
                    .contains("Zahlung mit " + mailbox.code(ada.email()));

            var bea = Someone.unknown();
            var hers = api.track(bea.userId(), "enroll", Map.of("locale", "de")).text("token");
            api.client(ENROLL_LINK, hers, Map.of("email", bea.email()));
            assertThat(get("/magic-link?t=" + mailbox.link(bea.email())).body())
                    .contains("<html lang=\"de\">", "<h1>Sind Sie es?</h1>", "/ui/theme.css?tenant=acme&amp;v=");
        } finally {
            management.patch("/message-overrides", "{'messageOverrides':null}");
            management.patch("/theme", "{'primaryColor':null}");
        }
    }

    @Test
    void givenALinkThatANewerHasReplaced_whenConfirmed_thenItConfirmsNothing() throws Exception {
        var ada = Someone.unknown();
        var token = track(ada);
        api.client(ENROLL_LINK, token, Map.of("email", ada.email()));
        var older = mailbox.link(ada.email());
        api.client("/client/challenge/email-magic-link", token, Map.of());
        var newer = mailbox.link(ada.email());

        assertThat(confirm(older).statusCode()).isEqualTo(401);
        assertThat(api.client(FINISH_LINK, token, Map.of()).text("isVerified")).isEqualTo("false");
        assertThat(confirm(newer).statusCode()).isEqualTo(200);
        assertThat(api.client(FINISH_LINK, token, Map.of()).text("isVerified")).isEqualTo("true");
        var other = api.track(ada.userId(), "pay", Map.of()).text("token");
        assertThat(api.client(FINISH_LINK, other, Map.of()).text("isVerified"))
                .as("another action's token")
                .isEqualTo("false");
    }

    @Test
    void givenALinkThatIsNoneOfOurs_whenOpenedOrConfirmed_thenThePageSaysThatItDoesNotWork() throws Exception {
        assertThat(get("/magic-link").statusCode()).isEqualTo(401);
        assertThat(get("/magic-link?t=AAAA").statusCode()).isEqualTo(401);
        assertThat(confirm("AAAA").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    private HttpResponse<String> confirm(String link) throws Exception {
        return send(HttpRequest.newBuilder(uri("/magic-link"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(ofString("t=" + link)));
    }

    private URI uri(String path) {
        return URI.create(api.url() + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
