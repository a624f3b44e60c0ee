package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.acceptance.testkit.Management.NOTHING;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.Management;
import sluice.acceptance.testkit.Sluice;

/** Every resource of the management contract from its creation to its end, as its official client goes about it. */
@ExtendWith(KafkaBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagementTest {
    private static final int ROUNDS = 10;

    @TempDir
    private static Path folder;

    private Sluice sluice;
    private Management management;

    @BeforeAll
    void start(Bootstrap kafka) throws Exception {
        sluice = Sluice.on(kafka, folder).startIngressAlone();
        management = new Management(sluice.api(0));
    }

    @AfterAll
    void stop() throws Exception {
        sluice.close();
    }

    @Test
    void givenAnActionConfiguration_whenItLives_thenEveryStepIsTheContracts() {
        var path = "/action-configurations/transfer";
        assertIs(
                management.post("/action-configurations", "{'actionCode':'transfer'}"),
                "{'actionCode':'transfer','tenantId':'acme','defaultUserActionResult':'CHALLENGE'}");
        management.patch(
                path,
                "{'messagingTemplates':{'en':{'defaultTemplate':'Pay {{amount}}'}},'verificationMethods':['SMS','PUSH']}");
        assertIs(
                management.patch(path, "{'defaultUserActionResult':'BLOCK'}"),
                "{'actionCode':'transfer','tenantId':'acme','defaultUserActionResult':'BLOCK',"
                        + "'messagingTemplates':{'en':{'defaultTemplate':'Pay {{amount}}'}},"
                        + "'verificationMethods':['SMS','PUSH']}");
        assertIs(
                management.patch(
                        path, "{'messagingTemplates':null,'verificationMethods':null,'defaultUserActionResult':null}"),
                "{'actionCode':'transfer','tenantId':'acme','defaultUserActionResult':'CHALLENGE'}");
        assertGoneAfterDelete(path);
    }

    @Test
    void givenTheTenant_whenPatched_thenFalseIsAValueAndNullIsNone() {
        assertIs(management.get("/tenant"), "{}");
        assertIs(
                management.patch("/tenant", "{'hideSuccessScreenOnEnrollment':false}"),
                "{'hideSuccessScreenOnEnrollment':false}");
        assertIs(management.patch("/tenant", NOTHING), "{'hideSuccessScreenOnEnrollment':false}");
        assertIs(management.get("/tenant"), "{'hideSuccessScreenOnEnrollment':false}");
        assertIs(management.patch("/tenant", "{'hideSuccessScreenOnEnrollment':null}"), "{}");
    }

    @Test
    void givenAllowedOrigins_whenPatched_thenTheyAreAsBrowsersNameThemAndNoneIsNotUnset() {
        assertIs(
                management.patch(
                        "/tenant",
                        "{'allowedOrigins':['HTTPS://Shop.example:443/','http://localhost:3000','https://shop.example']}"),
                "{'allowedOrigins':['https://shop.example','http://localhost:3000']}");
        assertIs(
                management.patch("/tenant", NOTHING),
                "{'allowedOrigins':['https://shop.example','http://localhost:3000']}");
        assertIs(management.patch("/tenant", "{'allowedOrigins':[]}"), "{'allowedOrigins':[]}");
        assertIs(management.patch("/tenant", "{'allowedOrigins':null}"), "{}");
    }

    @Test
    void givenTheCatalogue_whenItsTextsAreSentAsOverrides_thenTheyAreTakenAsTheyAre() {
        var catalogue = management.get("/message-overrides/catalog").body();
        assertThat(catalogue.path("catalogVersion").intValue()).isPositive();
        var texts = new StringBuilder();
        catalogue.path("points").forEach(point -> texts.append(texts.isEmpty() ? "" : ",")
                .append(point.path("publicId"))
                .append(':')
                .append(point.at("/defaultCopy/en")));

        var answer = management.patch("/message-overrides", "{\"messageOverrides\":{\"pt-br\":{" + texts + "}}}");

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().at("/messageOverrides/pt-br")).hasSameSizeAs(catalogue.path("points"));
        management.patch("/message-overrides", "{'messageOverrides':null}");
    }

    @Test
    void givenTheTenantsWebhook_whenPatched_thenEachFieldKeepsItsValueUntilNullResetsIt() {
        var url = "'webhookUrl':'http://127.0.0.1:9/events'";
        assertIs(management.patch("/tenant", "{" + url + "}"), "{" + url + "}");
        assertIs(
                management.patch("/tenant", "{'webhookEvents':['action.log_created']}"),
                "{" + url + ",'webhookEvents':['action.log_created']}");
        assertIs(management.get("/tenant"), "{" + url + ",'webhookEvents':['action.log_created']}");
        assertRefused(
                management.patch("/tenant", "{'webhookUrl':'https://user:secret@shop.example'}"),
                400,
                "webhookUrl: expected");
        assertRefused(management.patch("/tenant", "{'webhookEvents':['email.sent']}"), 400, "webhookEvents: expected");
        assertIs(management.patch("/tenant", "{'webhookEvents':[]}"), "{" + url + ",'webhookEvents':[]}");
        assertIs(management.patch("/tenant", "{'webhookUrl':null,'webhookEvents':null}"), "{}");
    }

    @Test
    void givenAValueList_whenItLives_thenItsOrderAndItsAliasStay() {
        var path = "/value-lists/terraform-acc-test-strings";
        var list =
                "{'name':'Terraform Acc Test Strings','itemType':'string','valueListItems':['b','a','b'],'isActive':true}";
        var created = "{'alias':'terraform-acc-test-strings','name':'Terraform Acc Test Strings','itemType':'string',"
                + "'valueListItems':['b','a','b'],'isActive':true}";
        assertIs(management.post("/value-lists", list), created);
        assertRefused(management.post("/value-lists", list), 400, "There is such value list already.");
        assertIs(management.get(path), created);
        assertIs(
                management.patch(path, "{'name':'Other','isActive':false}"),
                "{'alias':'terraform-acc-test-strings','name':'Other','itemType':'string',"
                        + "'valueListItems':['b','a','b'],'isActive':false}");
        assertIs(
                management.patch(path, "{'valueListItems':null,'isActive':null}"),
                "{'alias':'terraform-acc-test-strings','name':'Other','itemType':'string'}");
        assertGoneAfterDelete(path);
    }

    @Test
    void givenAListOfNumbers_whenRead_thenTheyAreTheNumbersGiven() {
        management.post(
                "/value-lists", "{'name':'Figures','itemType':'number','valueListItems':[0,-1.5,3,9007199254740991]}");

        assertIs(
                management.get("/value-lists/figures"),
                "{'alias':'figures','name':'Figures','itemType':'number','valueListItems':[0,-1.5,3,9007199254740991]}");
    }

    @Test
    void givenACustomDataPoint_whenItLives_thenEveryStepIsTheContracts() {
        var created =
                management.post("/custom-data-points", "{'name':'amount','dataType':'number','modelType':'action'}");
        var id = created.text("id");
        var path = "/custom-data-points/" + id;
        assertThat(id).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        var asCreated = "{'id':'" + id + "','name':'amount','dataType':'number','modelType':'action','isPublic':false}";
        assertIs(created, asCreated);
        assertIs(
                management.patch(path, "{'description':'in cents','isPublic':true}"),
                "{'id':'" + id + "','name':'amount','dataType':'number','modelType':'action',"
                        + "'description':'in cents','isPublic':true}");
        assertIs(management.patch(path, "{'description':null,'isPublic':null}"), asCreated);
        assertIs(management.get(path), asCreated);
        assertGoneAfterDelete(path);
    }

    @Test
    void givenATheme_whenPatched_thenNestedFieldsAreMergedAndNullResets() {
        assertIs(management.get("/theme"), "{}");
        assertIs(
                management.patch("/theme", "{'name':'Acme','container':{'padding':0},'links':{'underline':false}}"),
                "{'name':'Acme','container':{'padding':0},'links':{'underline':false}}");
        assertIs(
                management.patch("/theme", "{'container':{'logoHeight':40},'links':{'underline':null}}"),
                "{'name':'Acme','container':{'padding':0,'logoHeight':40}}");
        assertRefused(
                management.patch("/theme", "{'darkMode':{'container':{'exitPosition':'bottom'}}}"),
                400,
                "darkMode.container.exitPosition: expected");
        assertIs(management.get("/theme"), "{'name':'Acme','container':{'padding':0,'logoHeight':40}}");
        assertIs(management.patch("/theme", "{'name':null,'container':null}"), "{}");
    }

    @Test
    void givenMessageOverrides_whenPatched_thenAllOfThemAreReplaced() {
        assertIs(management.get("/message-overrides"), "{'messageOverrides':{}}");
        management.patch("/message-overrides", "{'messageOverrides':{'en':{'a.b':'<b>Hi</b>'}}}");
        assertIs(
                management.patch("/message-overrides", "{'messageOverrides':{'de':{'a.b':'Hallo'}}}"),
                "{'messageOverrides':{'de':{'a.b':'Hallo'}}}");
        assertIs(management.patch("/message-overrides", NOTHING), "{'messageOverrides':{'de':{'a.b':'Hallo'}}}");
        assertIs(management.patch("/message-overrides", "{'messageOverrides':{}}"), "{'messageOverrides':{}}");
    }

    /** Of two who read the same, one appends first; the other must read again, not overwrite (ADR 4). */
    @Test
    void givenTwoPatchesOfDifferentFieldsAtOnce_whenBothAreAnswered_thenBothAreThere() {
        management.post("/value-lists", "{'name':'Race','itemType':'number'}");
        for (var round = 0; round < ROUNDS; round++) {
            var one = async("PATCH", "/value-lists/race", "{'name':'Race " + round + "'}");
            var other = async("PATCH", "/value-lists/race", "{'valueListItems':[" + round + "]}");
            assertThat(Stream.of(one.join(), other.join()).map(Answer::status)).containsOnly(200);

            var list = management.get("/value-lists/race");
            assertThat(list.text("name")).isEqualTo("Race " + round);
            assertThat(list.body().path("valueListItems").get(0).intValue()).isEqualTo(round);
        }
    }

    @Test
    void givenTwoCreationsAndThenTwoDeletionsAtOnce_whenAnswered_thenOneOfEachCounts() {
        for (var round = 0; round < ROUNDS; round++) {
            var list = "{'name':'Twice','itemType':'string'}";
            assertThat(statusesOfTwo("POST", "/value-lists", list)).containsExactlyInAnyOrder(200, 400);
            assertThat(statusesOfTwo("DELETE", "/value-lists/twice", NOTHING)).containsExactlyInAnyOrder(200, 404);
        }
    }

    /** The topic is kept for ever: who says the same thing again every hour must not make it grow. */
    @Test
    void givenAPatchThatChangesNothing_whenAnswered_thenNothingIsAppended() {
        management.post("/value-lists", "{'name':'Same','itemType':'string','valueListItems':['a']}");
        var before = sluice.node().configuration().newest().version();

        var answer = management.patch("/value-lists/same", "{'name':'Same','valueListItems':['a']}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(sluice.node().configuration().newest().version()).isEqualTo(before);
    }

    @Test
    void givenAnIngressThatStartsLater_whenItIsAsked_thenItAnswersTheSame() throws Exception {
        management.post("/value-lists", "{'name':'Kept','itemType':'string','valueListItems':['a']}");
        sluice.startIngressAlone();

        assertThat(new Management(sluice.api(1)).get("/value-lists/kept").body())
                .isEqualTo(management.get("/value-lists/kept").body());
    }

    private List<Integer> statusesOfTwo(String method, String path, String body) {
        var one = async(method, path, body);
        var other = async(method, path, body);
        return List.of(one.join().status(), other.join().status());
    }

    private CompletableFuture<Answer> async(String method, String path, String body) {
        return CompletableFuture.supplyAsync(() -> management.send(method, path, body));
    }

    private void assertGoneAfterDelete(String path) {
        assertIs(management.delete(path), "{}");
        for (var method : List.of("GET", "PATCH", "DELETE")) {
            assertRefused(management.send(method, path, NOTHING), 404, "There is no such ");
        }
    }

    private static void assertIs(Answer answer, String body) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().toString()).isEqualTo(body.replace('\'', '"'));
    }

    private static void assertRefused(Answer answer, int status, String description) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.text("error")).isEqualTo("invalid_request");
        assertThat(answer.text("errorDescription")).startsWith(description);
    }
}
