package sluice.track.http.management;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AliasTest {
    /** The first is the contract's own; a capital dotted i falls into a letter and a mark in lower case. */
    @ParameterizedTest
    @CsvSource({
        "Terraform Acc Test Strings, terraform-acc-test-strings",
        "blocked, blocked",
        "Blocked IPs (EU) / 2026, blocked-ips-eu-2026",
        "  a_b--c!  , a-b-c",
        "../../tenant, tenant",
        "İzmir Ülkü, i̇zmir-ülkü",
        "禁止 リスト, 禁止-リスト",
    })
    void givenAName_whenItsAliasIsMade_thenItIsInLowerCaseWithHyphens(String name, String alias) {
        assertThat(Alias.of(name)).contains(alias);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "!?", "\u0000"})
    void givenANameWithoutALetterOrDigit_whenItsAliasIsMade_thenThereIsNone(String name) {
        assertThat(Alias.of(name)).isEmpty();
    }

    @Property
    void anAliasIsItsOwnAlias(@ForAll String name) {
        Alias.of(name).ifPresent(alias -> assertThat(Alias.of(alias)).contains(alias));
    }

    @Property
    void anAliasEndsNoPartOfAPath(@ForAll String name) {
        Alias.of(name).ifPresent(alias -> assertThat(alias).doesNotContainPattern("[\\s/\\\\.?#%\\x00-\\x2c]"));
    }
}
