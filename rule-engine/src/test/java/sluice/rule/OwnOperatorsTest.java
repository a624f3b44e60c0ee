package sluice.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Sluice adds to JSON Logic: operators, and that a condition tells what it has read. */
class OwnOperatorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'inList':[{'var':'ip.countryCode'},'blocked-countries']}|{'ip.countryCode':'AQ'}|true",
                "{'inList':[{'var':'ip.countryCode'},'blocked-countries']}|{'ip.countryCode':'NZ'}|false",
                "{'inList':[{'var':'ip.countryCode'},'blocked-countries']}|{}|false",
                "{'inList':[{'var':'custom.amount'},'figures']}|{'custom.amount':1.5}|true",
                "{'inList':[{'var':'custom.amount'},'figures']}|{'custom.amount':-0.0}|true",
                "{'inList':[{'var':'custom.tags'},'blocked-countries']}|{'custom.tags':['NZ','BV']}|true",
                "{'inList':[{'var':'custom.tags'},'blocked-countries']}|{'custom.tags':[]}|false",
                "{'inCidr':[{'var':'ip.address'},['10.0.0.0/8','2001:db8::/32']]}|{'ip.address':'10.200.3.4'}|true",
                "{'inCidr':[{'var':'ip.address'},['10.0.0.0/8','2001:db8::/32']]}|{'ip.address':'::ffff:10.1.1.1'}|true",
                "{'inCidr':[{'var':'ip.address'},['10.0.0.0/8','2001:db8::/32']]}|{'ip.address':'2001:DB8:0::1'}|true",
                "{'inCidr':[{'var':'ip.address'},['10.0.0.0/8','2001:db8::/32']]}|{'ip.address':'11.0.0.0'}|false",
                "{'inCidr':[{'var':'ip.address'},['10.0.0.0/8','2001:db8::/32']]}|{'ip.address':'10.0.0'}|false",
                "{'inCidr':[{'var':'ip.address'},['10.0.0.0/8','2001:db8::/32']]}|{}|false",
                "{'inCidr':[{'var':'ip.address'},'192.0.2.7']}|{'ip.address':'192.0.2.7'}|true",
                "{'startsWith':[{'var':'locale'},'en-']}|{'locale':'en-NZ'}|true",
                "{'startsWith':[{'var':'locale'},'en-']}|{}|false",
                "{'endsWith':[{'lower':[{'var':'user.email'}]},'@example.com']}|{'user.email':'Ada@Example.COM'}|true",
                "{'contains':[{'var':'userAgent'},'Firefox']}|{'userAgent':'Mozilla/5.0 Firefox/130'}|true",
                "{'contains':[{'var':'userAgent'},'Firefox']}|{}|false",
                "{'upper':[{'var':'locale'}]}|{'locale':'en-NZ'}|'EN-NZ'",
                "{'lower':[{'var':'locale'}]}|{}|null",
                "{'before':[{'var':'action.time'},'2026-02-01T00:00:00+13:00']}|{'action.time':'2026-01-31T10:59:59.999Z'}|true",
                "{'before':[{'var':'action.time'},'2026-02-01T00:00:00+13:00']}|{'action.time':'2026-01-31T11:00:00Z'}|false",
                "{'after':[{'var':'custom.note'},'2026-01-31T00:00:00Z']}|{'custom.note':'yesterday'}|false",
                "{'hourBetween':[{'var':'action.hourOfDay'},22,6]}|{'action.hourOfDay':23.0}|true",
                "{'hourBetween':[{'var':'action.hourOfDay'},22,6]}|{'action.hourOfDay':6.0}|false",
                "{'hourBetween':[{'var':'action.hourOfDay'},9,17]}|{'action.hourOfDay':9.0}|true",
                "{'hourBetween':[{'var':'action.hourOfDay'},9,17]}|{'action.hourOfDay':17.0}|false",
                "{'hourBetween':[{'var':'action.hourOfDay'},0,24]}|{}|false",
                "{'var':['locale','de']}|{}|'de'",
                "{'var':'custom.tags.1'}|{'custom.tags':['a','b']}|'b'",
                "{'var':'custom.tags.length'}|{'custom.tags':['a','b']}|2.0",
                "{'missing':['ip.address','locale']}|{'locale':'en'}|['ip.address']",
                "{'<':[{'var':'user.accountAgeDays'},7]}|{}|true",
                "{'and':[{'!=':[{'var':'user.accountAgeDays'},null]},{'<':[{'var':'user.accountAgeDays'},7]}]}|{}|false"
            })
    void givenAnOperator_whenEvaluated_thenItsValueIsTheDocumentedOne(String condition, String known, String value)
            throws Exception {
        assertThat(Conditions.value(condition, known(known)))
                .isEqualTo(ReferenceInterpreter.plain(Conditions.json(value)));
    }

    private static Map<String, Object> known(String text) {
        var known = new HashMap<String, Object>();
        for (Map.Entry<String, JsonNode> each : Conditions.json(text).properties()) {
            known.put(each.getKey(), ReferenceInterpreter.plain(each.getValue()));
        }
        return known;
    }

    @Test
    void givenAChain_whenItsFirstDecides_thenTheRestIsNotRead() throws Exception {
        var chain = "{'or':[{'==':[{'var':'locale'},'en']},{'var':'ip.isAnonymous'}]}";

        assertThat(Conditions.evaluation(chain, Map.of("locale", "en")).reads().slots())
                .isEqualTo(List.of(0));
        assertThat(Conditions.evaluation(chain, Map.of("locale", "de")).reads().slots())
                .isEqualTo(List.of(0, 1));
    }

    /** Each step doubles the list, or the text: 2 to the power of 40 items if nobody stopped it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'merge':[{'var':'accumulator'},{'var':'accumulator'}]}|[1]",
                "{'cat':[{'var':'accumulator'},{'var':'accumulator'}]}|'x'"
            })
    void givenWhatGrowsWithoutEnd_whenEvaluated_thenItIsGivenUpAndDoesNotHold(String body, String first)
            throws Exception {
        var items = "[1" + ",1".repeat(39) + "]";

        var evaluation =
                Conditions.evaluation("{'!!':[{'reduce':[" + items + "," + body + "," + first + "]}]}", Map.of());

        assertThat(evaluation.isTooCostly()).isTrue();
        assertThat(evaluation.isMatch()).isFalse();
    }
}
