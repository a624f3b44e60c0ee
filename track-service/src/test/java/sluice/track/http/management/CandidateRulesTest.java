package sluice.track.http.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.rule.Vocabulary;
import sluice.runtime.configuration.domain.ConfigurationHistory;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ActionOutcome;
import sluice.track.http.RefusedException;

class CandidateRulesTest {
    private static final Vocabulary VOCABULARY =
            new ConfigurationHistory().newest().vocabulary("acme");

    @Test
    void givenWhatTheManagementApiGives_whenRead_thenItIsTheRulesOfTheActionsThatHaveAny() {
        var candidate = read("{'pay':[{'ruleId':'a','actionCode':'pay','tenantId':'acme','name':'Sure','isActive':true,"
                + "'priority':3,'type':'BLOCK','conditions':{'!!':[true]},'isShadow':false},"
                + "{'name':'New','isActive':false,'priority':0,'type':'ALLOW','conditions':{'var':'device.id'}}],"
                + "'signIn':[],'view':null}");

        assertThat(candidate).containsOnlyKeys("pay", "signIn");
        assertThat(candidate.get("signIn")).isEmpty();
        var pay = candidate.getOrDefault("pay", Map.of());
        assertThat(pay).containsOnlyKeys("a", "#002");
        var rule = Objects.requireNonNull(pay.get("a"));
        assertThat(rule.type()).isEqualTo(ActionOutcome.BLOCK);
        assertThat(rule.priority()).isEqualTo(3);
        assertThat(rule.conditions()).isEqualTo("{\"!!\":[true]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'pay':[{'name':'x','isActive':true,'priority':0,'type':'BLOCK','conditions':{'and':[{'==':[{'var':'ip.isAnonymous'},1]}]}}]}"
                        + "|pay/0/conditions/and/0/==/1: ip.isAnonymous is a boolean; it can't be compared with a number.",
                "{'pay':[{'name':'x','isActive':true,'priority':0,'type':'DENY','conditions':{'!!':[true]}}]}"
                        + "|pay/0/type: expected one of ALLOW, BLOCK, CHALLENGE, REVIEW.",
                "{'pay':[{}]}|pay/0/name: expected a string, not empty.",
                "{'pay':[{'ruleId':'a','name':'x','isActive':false,'priority':0,'type':'BLOCK','conditions':{'!!':[true]}},"
                        + "{'ruleId':'a','name':'x','isActive':false,'priority':0,'type':'BLOCK','conditions':{'!!':[true]}}]}"
                        + "|pay/1/ruleId: expected an id that no other rule here has.",
                "{'pay':[7]}|pay/0: expected a rule, an object.",
                "{'pay':{}}|pay: expected a list of at most 100 rules, or null.",
                "{'p y':[]}|p y: expected an action code: letters, digits, _ and -, 64 at most.",
                "{'pay':null}|There are no rules of any action.",
                "[]|Expected a JSON object of action codes and their rules.",
                "{'pay'|Not well-formed JSON, line 1, column 7."
            })
    void givenASlip_whenRead_thenThePlaceIsNamed(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    private static Map<String, Map<String, Setting.Rule>> read(String json) {
        return CandidateRules.read(json.replace('\'', '"').getBytes(UTF_8), VOCABULARY);
    }
}
