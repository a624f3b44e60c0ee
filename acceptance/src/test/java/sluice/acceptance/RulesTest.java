package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.acceptance.testkit.Management.NOTHING;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.Management;
import sluice.acceptance.testkit.Sluice;

/** Rules over two nodes, from the call that sets them to the action that says what they saw. */
@ExtendWith(KafkaBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RulesTest {
    @TempDir
    private static Path folder;

    private Sluice sluice;
    private Management management;

    @BeforeAll
    void start(Bootstrap kafka) throws Exception {
        sluice = Sluice.on(kafka, folder).start().start();
        management = new Management(sluice.api(0));
    }

    @AfterAll
    void stop() throws Exception {
        sluice.close();
    }

    /** As the official Terraform provider goes about it. */
    @Test
    void givenARuleOfAnUnknownAction_whenItLives_thenEveryStepIsTheContracts() {
        var conditions = "'conditions':{'and':[{'==':[{'var':'ip.isAnonymous'},false]}]}";
        var created = management.post(
                "/action-configurations/terraform/rules",
                "{'name':'create-rule-test','description':'hello world','priority':1,'type':'ALLOW','isActive':false,"
                        + "'verificationMethods':['AUTHENTICATOR_APP','EMAIL_OTP'],"
                        + "'promptToEnrollVerificationMethods':['PASSKEY'],'defaultVerificationMethod':'EMAIL_OTP',"
                        + conditions + "}");
        var id = created.text("ruleId");
        var path = "/action-configurations/terraform/rules/" + id;
        assertThat(id).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        var start = "{'ruleId':'" + id + "','actionCode':'terraform','tenantId':'acme',";
        assertIs(
                created,
                start + "'name':'create-rule-test','description':'hello world','isActive':false,'priority':1,"
                        + "'type':'ALLOW','verificationMethods':['AUTHENTICATOR_APP','EMAIL_OTP'],"
                        + "'promptToEnrollVerificationMethods':['PASSKEY'],'defaultVerificationMethod':'EMAIL_OTP',"
                        + conditions + ",'isShadow':false}");
        assertIs(
                management.get("/action-configurations/terraform"),
                "{'actionCode':'terraform','tenantId':'acme','defaultUserActionResult':'CHALLENGE'}");
        assertThat(management.get(path).body()).isEqualTo(created.body());
        var changed = start + "'name':'update-rule-test','isActive':false,'priority':0,'type':'CHALLENGE'," + conditions
                + ",'isShadow':true}";
        assertIs(
                management.patch(
                        path,
                        "{'name':'update-rule-test','description':null,'priority':0,'type':'CHALLENGE',"
                                + "'verificationMethods':null,'promptToEnrollVerificationMethods':null,"
                                + "'defaultVerificationMethod':null,'isShadow':true}"),
                changed);
        assertIs(management.get("/action-configurations/terraform/rules"), "[" + changed + "]");
        assertIs(management.delete(path), "{}");
        for (var method : List.of("GET", "PATCH", "DELETE")) {
            assertThat(management.send(method, path, NOTHING).status()).isEqualTo(404);
        }
    }

    @Test
    void givenAnActionWithRules_whenItsConfigurationIsDeleted_thenTheyAreGoneWithIt() {
        management.post("/action-configurations", "{'actionCode':'leaving','defaultUserActionResult':'ALLOW'}");
        for (var type : List.of("BLOCK", "REVIEW")) {
            management.post(
                    "/action-configurations/leaving/rules",
                    "{'name':'x','isActive':true,'priority':0,'type':'" + type + "','conditions':{'!!':[true]}}");
        }

        assertIs(management.delete("/action-configurations/leaving"), "{}");

        assertIs(management.get("/action-configurations/leaving/rules"), "[]");
        assertThat(management.get("/action-configurations/leaving").status()).isEqualTo(404);
        assertThat(management.delete("/action-configurations/leaving").status()).isEqualTo(404);
        assertThat(sluice.api(0).track("leaver", "leaving", Map.of()).text("state"))
                .isEqualTo("CHALLENGE_REQUIRED");
    }

    @Test
    void givenAMultiselectDataPoint_whenTrackedWithAList_thenRulesReadItsItems() {
        management.post("/custom-data-points", "{'name':'tags','dataType':'multiselect','modelType':'action'}");
        management.post("/action-configurations", "{'actionCode':'order','defaultUserActionResult':'ALLOW'}");
        management.post(
                "/action-configurations/order/rules",
                "{'name':'x','isActive':true,'priority':0,'type':'BLOCK','conditions':{'in':['rush',{'var':'custom.tags'}]}}");
        var api = sluice.api(0);

        assertThat(api.track("buyer", "order", Map.of("custom", Map.of("tags", List.of("gift", "rush"))))
                        .text("state"))
                .isEqualTo("BLOCK");
        assertThat(api.track("buyer", "order", Map.of("custom", Map.of("tags", List.of("gift"))))
                        .text("state"))
                .isEqualTo("ALLOW");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'conditions':{'var':'device.isNewX'}|conditions/var: There is no data point device.isNewX. Did you mean device.isNew?",
                "'conditions':{'and':[{'==':[{'var':'ip.isAnonymous'},1]}]}|conditions/and/0/==/1: ip.isAnonymous is a boolean; it can't be compared with a number.",
                "'conditions':{'inList':[{'var':'ip.countryCode'},'none']}|conditions/inList/1: There is no value list none.",
                "'conditions':null|conditions: expected JSON Logic",
                "'conditions':'true'|conditions: expected JSON Logic, an object.",
                "'priority':-1|priority: expected a whole number, 0 to 1000000.",
                "'type':'DENY'|type: expected one of ALLOW, BLOCK, CHALLENGE, REVIEW.",
                "'name':null|name: expected a string, not empty.",
                "'isActive':null|isActive: expected true or false."
            })
    void givenARuleWithASlip_whenSaved_thenThePlaceIsNamed(String slip, String description) {
        var rule = new LinkedHashMap<String, String>();
        rule.put("'name'", "'x'");
        rule.put("'isActive'", "true");
        rule.put("'priority'", "0");
        rule.put("'type'", "'BLOCK'");
        rule.put("'conditions'", "{'!!':[true]}");
        rule.put(slip.substring(0, slip.indexOf(':')), slip.substring(slip.indexOf(':') + 1));
        var body = rule.entrySet().stream()
                .map(field -> field.getKey() + ":" + field.getValue())
                .reduce((one, other) -> one + "," + other)
                .orElseThrow();

        var answer = management.post("/action-configurations/slips/rules", "{" + body + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_request");
        assertThat(answer.text("errorDescription")).startsWith(description);
    }

    @Test
    void givenRules_whenAnActionIsTracked_thenTheFirstMatchDecidesAndTheActionSaysWhatWasSeen() {
        management.post("/custom-data-points", "{'name':'amount','dataType':'number','modelType':'action'}");
        var large = rule("transfer", 1, "BLOCK", "{'>':[{'var':'custom.amount'},1000]}", "");
        var near = rule("transfer", 0, "ALLOW", "{'inCidr':[{'var':'ip.address'},'10.0.0.0/8']}", "");
        var shadow = rule("transfer", 0, "REVIEW", "{'<':[{'var':'custom.amount'},10]}", ",'isShadow':true");

        assertThat(track("transfer", Map.of("custom", Map.of("amount", 1001))).text("state"))
                .isEqualTo("BLOCK");
        var allowed = track("transfer", Map.of("ipAddress", "10.1.2.3", "custom", Map.of("amount", 5)));
        var challenged = track("transfer", Map.of("ipAddress", "192.0.2.1", "custom", Map.of("amount", 5)));

        assertThat(allowed.text("state")).isEqualTo("ALLOW");
        assertThat(allowed.body().path("ruleIds").toString()).isEqualTo("[\"" + near + "\"]");
        assertThat(challenged.text("state")).isEqualTo("CHALLENGE_REQUIRED");
        assertThat(challenged.body().path("ruleIds")).isEmpty();
        var action = action("transfer", challenged);
        assertThat(action.path("rules")).isEmpty();
        assertThat(action.path("output").path("outcome").asText()).isEqualTo("CHALLENGE");
        assertThat(action.path("output").path("shadowOutcome").asText()).isEqualTo("REVIEW");
        assertThat(seen(action, near)).isEqualTo("false {\"ip.address\":\"192.0.2.1\"}");
        assertThat(seen(action, large)).isEqualTo("false {\"custom.amount\":5}");
        assertThat(seen(action, shadow)).isEqualTo("true {\"custom.amount\":5}");
        assertThat(action("transfer", allowed).path("rules").toString())
                .isEqualTo("[{\"ruleId\":\"" + near + "\",\"name\":\"ALLOW 0\"}]");
        assertThat(sluice.metrics()).contains("rule_id=\"" + shadow + "\",shadow=\"true\"");
    }

    /** A rule that was renamed, or is gone, is explained as it was. */
    @Test
    void givenARuleThatIsGone_whenItsActionIsAskedFor_thenItIsNamedAsItWas() {
        var id = rule("gone", 0, "BLOCK", "{'var':'device.id'}", "");
        var blocked = track("gone", Map.of("deviceId", "laptop"));
        management.delete("/action-configurations/gone/rules/" + id);

        assertThat(track("gone", Map.of("deviceId", "laptop")).text("state")).isEqualTo("CHALLENGE_REQUIRED");
        assertThat(seen(action("gone", blocked), id)).isEqualTo("true {\"device.id\":\"laptop\"}");
        assertThat(action("gone", blocked).path("rules").path(0).path("name").asText())
                .isEqualTo("BLOCK 0");
    }

    @Test
    void givenARuleThatIsSaved_whenTheNextCallComes_thenItIsDecidedByItHereAtOnceAndElsewhereWithinASecond() {
        var id = rule("live", 0, "BLOCK", "{'!!':[true]}", "");
        assertThat(track("live", Map.of()).text("state")).isEqualTo("BLOCK");
        Awaitility.await().atMost(Duration.ofSeconds(1)).until(() -> stateOverTheOtherNode()
                .equals("BLOCK"));

        management.patch("/action-configurations/live/rules/" + id, "{'type':'ALLOW'}");
        assertThat(track("live", Map.of()).text("state")).isEqualTo("ALLOW");
        Awaitility.await().atMost(Duration.ofSeconds(1)).until(() -> stateOverTheOtherNode()
                .equals("ALLOW"));
    }

    private String stateOverTheOtherNode() {
        return sluice.api(1)
                .track("user-" + UUID.randomUUID(), "live", Map.of())
                .text("state");
    }

    @Test
    void givenWhatAnActiveRuleReads_whenItIsToGo_thenThatIsRefusedUntilTheRuleRests() {
        management.post("/value-lists", "{'name':'Guarded','itemType':'string','valueListItems':['AQ']}");
        var id = rule("guarded", 0, "BLOCK", "{'inList':[{'var':'ip.countryCode'},'guarded']}", "");
        var path = "/action-configurations/guarded/rules/" + id;

        var refused = management.delete("/value-lists/guarded");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("errorDescription"))
                .isEqualTo("The active rule guarded/" + id + " reads it: conditions/inList/1: There is no value list"
                        + " guarded.");
        assertThat(management
                        .patch("/value-lists/guarded", "{'valueListItems':['BV']}")
                        .status())
                .isEqualTo(200);

        management.patch(path, "{'isActive':false}");
        assertThat(management.delete("/value-lists/guarded").status()).isEqualTo(200);
        assertThat(management.patch(path, "{'isActive':true}").text("errorDescription"))
                .isEqualTo("conditions/inList/1: There is no value list guarded.");
        assertThat(management.patch(path, "{'name':'At rest'}").status()).isEqualTo(200);
    }

    private String rule(String actionCode, int priority, String type, String conditions, String more) {
        var answer = management.post(
                "/action-configurations/" + actionCode + "/rules",
                "{'name':'%s %d','isActive':true,'priority':%d,'type':'%s','conditions':%s%s}"
                        .formatted(type, priority, priority, type, conditions, more));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.text("ruleId");
    }

    private Answer track(String actionCode, Map<String, Object> attributes) {
        return sluice.api(0).track("ada", actionCode, attributes);
    }

    private JsonNode action(String actionCode, Answer tracked) {
        return sluice.api(1)
                .backend("GET", "/users/ada/actions/" + actionCode + "/" + tracked.text("idempotencyKey"), Map.of())
                .body();
    }

    /** Whether a rule matched, and what it read. */
    private static String seen(JsonNode action, String ruleId) {
        for (var rule : action.path("output").path("rules")) {
            if (rule.path("ruleId").asText().equals(ruleId)) return rule.path("isMatch") + " " + rule.path("values");
        }
        return "not evaluated";
    }

    private static void assertIs(Answer answer, String body) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().toString()).isEqualTo(body.replace('\'', '"'));
    }
}
