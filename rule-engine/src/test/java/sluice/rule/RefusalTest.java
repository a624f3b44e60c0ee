package sluice.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A condition that has no meaning is refused with the place of the slip, and why. */
class RefusalTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'and':[true,{'equals':[1,1]}]}|/and/1/equals|There is no such operator.",
                "{'inlist':['a','figures']}|/inlist|There is no such operator. Did you mean inList?",
                "{'log':['x']}|/log|There is no such operator.",
                "{'==':[1]}|/==|== takes 2 operands; this has 1.",
                "{'and':[]}|/and|and takes 1 or more operands; this has 0.",
                "{'substr':['a',1,2,3]}|/substr|substr takes 2 to 3 operands; this has 4.",
                "{'var':'device.isNewX'}|/var|There is no data point device.isNewX. Did you mean device.isNew?",
                "{'!':[{'var':['shoe.size',1]}]}|/!/0/var/0|There is no data point shoe.size.",
                "{'var':{'cat':['ip','.address']}}|/var|The name of a data point is written out here, as a string.",
                "{'var':[]}|/var|The name of a data point is written out here, as a string.",
                "{'missing':['ip.address','ip.adress']}|/missing/1|There is no data point ip.adress. Did you mean ip.address?",
                "{'missing_some':[1,['locale',7]]}|/missing_some/1/1|The name of a data point is written out here, as a string.",
                "{'var':'custom.tags.sum.24h'}|/var|There is no data point custom.tags.sum.24h.",
                "{'var':'locale.0'}|/var|There is no data point locale.0. Did you mean locale?",
                "{'a':1,'b':2}||An object has one member, an operator; this has 2.",
                "{'!':[{}]}|/!/0|An object has one member, an operator; this has 0.",
                "{'==':[{'var':'ip.isAnonymous'},'true']}|/==/1|ip.isAnonymous is a boolean; it can't be compared with a text.",
                "{'!=':[5,{'var':'ip.address'}]}|/!=/0|ip.address is a text; it can't be compared with a number.",
                "{'===':[{'var':'custom.tags'},'a']}|/===/0/var|custom.tags is a list; expected a boolean or a number or a text.",
                "{'<':[{'var':'user.custom.vip'},1]}|/</0/var|user.custom.vip is a boolean; expected a number or a text.",
                "{'<':[1,{'var':'custom.amount'},'9']}|/</2|custom.amount is a number; it can't be compared with a text.",
                "{'+':[1,{'var':'ip.isAnonymous'}]}|/+/1/var|ip.isAnonymous is a boolean; expected a number or a text.",
                "{'in':[{'var':'custom.amount'},[1,'2']]}|/in/1/1|custom.amount is a number; it is never a text.",
                "{'in':['a',{'var':'custom.amount'}]}|/in/1/var|custom.amount is a number; expected a text or a list.",
                "{'all':[{'var':'ip.address'},true]}|/all/0/var|ip.address is a text; expected a list.",
                "{'some':[{'var':'custom.tags'},{'==':[{'var':'ip.address'},'x']}]}|/some/1/==/0/var|In a loop var reads inside the item at hand, not the data point ip.address.",
                "{'inList':[{'var':'ip.countryCode'},'blocked-country']}|/inList/1|There is no value list blocked-country. Did you mean blocked-countries?",
                "{'inList':[{'var':'ip.countryCode'},['AQ']]}|/inList/1|The alias of a value list, as a string.",
                "{'inList':[{'var':'custom.amount'},'blocked-countries']}|/inList/0/var|custom.amount is a number; expected a text or a list.",
                "{'inCidr':[{'var':'ip.address'},['10.0.0.0/8','10.0.0.0/33']]}|/inCidr/1/1|No IP range in CIDR notation, such as 10.0.0.0/8.",
                "{'inCidr':[{'var':'ip.address'},'10.0.0.1/8']}|/inCidr/1|An IP range whose address goes on beyond its prefix.",
                "{'inCidr':[{'var':'ip.address'},{'var':'custom.tags'}]}|/inCidr/1/var|CIDR ranges, written out in a list.",
                "{'startsWith':[{'var':'locale'},1]}|/startsWith/1|this is a number; expected a text.",
                "{'before':[{'var':'action.time'},'tomorrow']}|/before/1|No time in ISO 8601, such as 2026-01-31T00:00:00Z.",
                "{'hourBetween':[{'var':'action.hourOfDay'},22,25]}|/hourBetween/2|A whole hour, 0 to 24.",
                "{'a/b~c':1}|/a~1b~0c|There is no such operator."
            })
    void givenASlip_whenCompiled_thenItsPlaceAndReasonAreNamed(String condition, String pointer, String reason) {
        var refusal =
                catchThrowableOfType(RefusedConditionException.class, () -> Conditions.value(condition, Map.of()));

        assertThat(refusal.pointer()).isEqualTo(pointer == null ? "" : pointer);
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    /** JavaScript's freedom stays where no data point makes it a slip. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'==':[1,'1']}",
                "{'==':[{'var':'ip.isAnonymous'},null]}",
                "{'<':[{'+':[{'var':'custom.note'},1]},7]}",
                "{'==':[{'var':'custom.tags.0'},'a']}",
                "{'in':[{'var':'ip.countryCode'},[null,'NZ']]}",
                "{'and':[{'==':[{'var':'ip.isAnonymous'},false]}]}"
            })
    void givenWhatMayHold_whenCompiled_thenItIsTaken(String condition) {
        assertThatCode(() -> Conditions.value(condition, Map.of())).doesNotThrowAnyException();
    }

    @Test
    void givenTheGreatestDepthAndSize_whenOneMore_thenItIsRefused() throws Exception {
        assertThat(Conditions.value(nested(Compilation.DEPTH_MAX), Map.of())).isEqualTo(true);
        assertThat(Conditions.value(wide(Compilation.PARTS_MAX), Map.of())).isEqualTo(true);

        assertRefused(nested(Compilation.DEPTH_MAX + 1), "Nested more than 32 deep.");
        assertRefused(wide(Compilation.PARTS_MAX + 1), "More than 1000 parts.");
    }

    private static void assertRefused(String condition, String reason) {
        assertThat(catchThrowableOfType(RefusedConditionException.class, () -> Conditions.value(condition, Map.of())))
                .extracting(RefusedConditionException::reason)
                .isEqualTo(reason);
    }

    private static String nested(int depth) {
        return "{'!!':".repeat(depth) + "true" + "}".repeat(depth);
    }

    private static String wide(int parts) {
        return "{'and':[true" + ",true".repeat(parts - 2) + "]}";
    }
}
