package sluice.schemas.id;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** E6: what users' ids and action codes may make of a topic's keys. */
class UserKeyPropertiesTest {
    /** No two users share a key, whatever their ids are made of, and no tenant's user gets into another's. */
    @Property
    void e6_givenAnyIds_whenTheyAreAKey_thenTenantAndUserCanBeReadOfIt(
            @ForAll("nasty") String tenantId, @ForAll("nasty") String userId) {
        Assume.that(UserKey.isTenantId(tenantId) && UserKey.isText(userId));

        var key = UserKey.of(tenantId, userId);

        assertThat(key.split("/", 2)).containsExactly(tenantId, userId);
        assertThat(key).doesNotContain("\0");
    }

    @Property
    void e6_givenAnyText_whenItMayBeATenantOrAnAction_thenItHasNothingThatSeparates(@ForAll("nasty") String text) {
        if (UserKey.isTenantId(text) || UserKey.isActionCode(text))
            assertThat(text).matches("[A-Za-z0-9_-]{1,64}");
    }

    @Provide
    Arbitrary<String> nasty() {
        var near = Arbitraries.strings().withChars("abZ09_-").ofMinLength(1).ofMaxLength(6);
        var far = Arbitraries.strings()
                .withChars("ab/\0\n\r \u2028é,;=\"<")
                .ofMinLength(1)
                .ofMaxLength(6);
        return Arbitraries.oneOf(near, far, Arbitraries.strings().ofMaxLength(80));
    }
}
