package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.Mailbox;
import sluice.acceptance.testkit.Management;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.acceptance.testkit.WebhookReceiver;

/** S18: users are told by mail what becomes of their authenticators, through a real mail server. */
@ExtendWith(KafkaBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoticesTest {
    private static final String ADDED = "Added to your sign-in methods: ";
    private static final String REMOVED = "Removed from your sign-in methods: ";

    @TempDir
    private static Path folder;

    private Mailbox mailbox;
    private Sluice sluice;

    @BeforeAll
    void start(Bootstrap kafka) throws Exception {
        mailbox = Mailbox.open();
        sluice = noticing(Sluice.on(kafka, folder)).start();
    }

    @AfterAll
    void stop() throws Exception {
        sluice.close();
        mailbox.close();
    }

    private Sluice noticing(Sluice installation) {
        return mailbox.usedBy(installation).with("SLUICE_NOTICE_MAILS", "true");
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }

    private static String address() {
        return "user-" + UUID.randomUUID() + "@example.com";
    }

    private void profiled(String userId, String email) {
        assertThat(backend("PATCH", "/users/" + userId, Map.of("email", email)).status())
                .isEqualTo(200);
    }

    private Answer backend(String method, String path, Map<String, Object> body) {
        return sluice.api(0).backend(method, path, body);
    }

    /** The id of an address that the backend vouches for. */
    private String bound(String userId, String email) {
        var bound = backend(
                "POST",
                "/users/" + userId + "/authenticators",
                Map.of("verificationMethod", "EMAIL_OTP", "email", email));
        assertThat(bound.status()).as("%s", bound.body()).isEqualTo(200);
        return bound.body().at("/authenticator/userAuthenticatorId").asText();
    }

    private void removed(String userId, String authenticatorId) {
        assertThat(backend("DELETE", "/users/" + userId + "/authenticators/" + authenticatorId, Map.of())
                        .status())
                .isEqualTo(200);
    }

    private void assertTold(String address, String... texts) {
        soon().untilAsserted(() -> {
            var mails = mailbox.mails(address);
            assertThat(mails).hasSameSizeAs(texts);
            for (var each = 0; each < texts.length; each++) {
                assertThat(mails.get(each)).contains(texts[each]);
            }
        });
    }

    @Test
    void givenAUserWithAnAddress_whenTheyEnrol_thenTheyAreToldWithoutSecretOrLink() {
        var userId = "ada";
        var email = address();
        profiled(userId, email);

        var token = sluice.api(0).track(userId, "enroll", Map.of()).text("token");
        var secret = sluice.api(0).enroll(token).text("secret");
        Person.awaitTheMiddleOfAStep();
        assertThat(sluice.api(0)
                        .verify(token, new Person(userId, secret).code(0))
                        .text("isVerified"))
                .isEqualTo("true");

        assertTold(email, ADDED + "authenticator app.");
        assertThat(mailbox.mails(email).get(0))
                .contains("When: ", " UTC", "If this was not you")
                .doesNotContain("http", token, secret);
    }

    @Test
    void givenTwoAddresses_whenTheOldIsReplaced_thenItIsToldOfBoth() {
        var userId = "changing";
        var old = address();
        var other = address();
        var added = ADDED + "e-mail address.";
        var removed = REMOVED + "e-mail address.";
        var oldId = bound(userId, old);
        assertTold(old, added);
        bound(userId, other);
        assertTold(old, added, added);
        removed(userId, oldId);

        assertTold(old, added, added, removed);
        assertTold(other, removed);
    }

    @Test
    void givenRecoveryCodes_whenTheyAreIssuedAndOneIsSpent_thenBothAreTold() {
        var person = Person.enrolled(sluice.api(0));
        var email = address();
        profiled(person.userId(), email);
        var scoped = sluice.api(0)
                .track(person.userId(), "signIn", Map.of("scope", "add:authenticators"))
                .text("token");
        var codes = sluice.api(0).client("/client/recovery-codes", scoped, Map.of());
        assertThat(codes.status()).as("%s", codes.body()).isEqualTo(200);

        var token = sluice.api(0).track(person.userId(), "signIn", Map.of()).text("token");
        var code = codes.body().path("recoveryCodes").get(0).asText();
        var spent = sluice.api(0).client("/client/verify/recovery-code", token, Map.of("verificationCode", code));

        assertThat(spent.text("isVerified")).as("%s", spent.body()).isEqualTo("true");
        soon().untilAsserted(() -> assertThat(mailbox.mails(email))
                .anyMatch(mail -> mail.contains("New recovery codes"))
                .anyMatch(mail -> mail.contains("One of your recovery codes was used.")));
    }

    /** Nobody's mailbox is flooded by who binds and removes in a loop. */
    @Test
    void givenChangesInALoop_whenAnHourHasHadItsNotices_thenTheRestIsHeldBack() {
        var userId = "looping";
        var email = address();
        profiled(userId, email);

        for (var each = 0; each < 6; each++) removed(userId, bound(userId, address()));

        soon().untilAsserted(
                        () -> assertThat(sluice.metrics()).contains("sluice_notices_total{outcome=\"held_back\"} 2.0"));
        soon().untilAsserted(() -> assertThat(mailbox.mails(email)).hasSize(10));
    }

    @Test
    void givenTheTenantsWords_whenTheUserSpeaksThem_thenTheNoticeIsInThem() {
        var management = new Management(sluice.api(0));
        assertThat(management
                        .patch(
                                "/message-overrides",
                                "{'messageOverrides':{'de':{'security-notice-message.added':'Neu: {method}','security-notice-message.methodEmail':'Adresse'}}}")
                        .status())
                .isEqualTo(200);
        var email = address();
        backend("PATCH", "/users/german", Map.of("email", email, "locale", "de-AT"));

        bound("german", address());

        assertTold(email, "Neu: Adresse");
    }

    /** Webhooks: whoever sends their users' mails themselves sends these, too. */
    @Test
    void givenATenantThatSendsItsMails_whenSomethingChanges_thenSluiceSendsNone() throws Exception {
        var management = new Management(sluice.api(0));
        var email = address();
        profiled("theirs", email);
        try (var receiver = WebhookReceiver.listening()) {
            management.patch("/tenant", "{'webhookUrl':'" + receiver.url() + "','webhookEvents':['email.created']}");
            var id = bound("theirs", address());
            soon().untilAsserted(() ->
                    assertThat(sluice.metrics()).contains("sluice_notices_total{outcome=\"left_to_tenant\"} 1.0"));
            management.patch("/tenant", "{'webhookUrl':null,'webhookEvents':null}");
            removed("theirs", id);
        }

        assertTold(email, REMOVED + "e-mail address.");
    }

    /** P1: the mail server is away when it happens, and the ingress ends before it is back. */
    @Test
    void givenNoMailServer_whenSomethingChangesAndTheProcessEnds_thenTheNoticeComesAfterwards() throws Exception {
        var email = address();
        profiled("late", email);
        mailbox.close();

        var id = bound("late", address());
        assertThat(id).isNotEmpty();
        var environment = sluice.environment();
        sluice.close();
        mailbox = mailbox.openedAgain();
        sluice = Sluice.again(environment).start();

        assertTold(email, ADDED + "e-mail address.");
    }
}
