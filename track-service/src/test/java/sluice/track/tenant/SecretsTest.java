package sluice.track.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.runtime.configuration.domain.Setting.SecretKey;
import sluice.runtime.seal.domain.Sealed;

/** S26, E3: two secrets of a kind are good at a time at most, and what was retired stays so. */
class SecretsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Secrets NONE = new Secrets(List.of());

    private static SecretKey key(String secret) {
        return new SecretKey(SecretHash.of(secret), new Sealed(new byte[] {1}), Optional.of(NOW), Optional.empty());
    }

    private static List<String> good(Secrets secrets, Instant at) {
        return secrets.good(at).stream().map(SecretKey::hash).toList();
    }

    @Test
    void givenOne_whenAnotherIsAdded_thenBothAreGoodUntilTheOverlapEnds() {
        var both = NONE.with(key("one"), NOW, DAY).with(key("two"), NOW, DAY);

        assertThat(good(both, NOW)).containsExactly(SecretHash.of("two"), SecretHash.of("one"));
        assertThat(good(both, NOW.plus(DAY).minusMillis(1))).hasSize(2);
        assertThat(good(both, NOW.plus(DAY))).containsExactly(SecretHash.of("two"));
    }

    @Test
    void givenTwo_whenAThirdIsAdded_thenTheOldestIsRetiredAtOnce() {
        var three = NONE.with(key("one"), NOW, DAY).with(key("two"), NOW, DAY).with(key("three"), NOW, DAY);

        assertThat(good(three, NOW)).containsExactly(SecretHash.of("three"), SecretHash.of("two"));
    }

    @Test
    void givenTwo_whenTheOlderIsRetired_thenTheNewestAloneIsGoodAndBothAreKnown() {
        var retired = NONE.with(key("one"), NOW, DAY).with(key("two"), NOW, DAY).retireOlder(NOW.plusSeconds(5));

        assertThat(good(retired, NOW.plusSeconds(5))).containsExactly(SecretHash.of("two"));
        assertThat(retired.know(SecretHash.of("one"))).isTrue();
        assertThat(retired.retireOlder(NOW.plusSeconds(9))).as("retired once").isEqualTo(retired);
    }

    @Test
    void givenOneThatIsRetired_whenAnotherIsAdded_thenItsTimeIsNotPutOff() {
        var one = NONE.with(key("one"), NOW, DAY).with(key("two"), NOW, DAY).retireOlder(NOW);

        var third = one.with(key("three"), NOW.plusSeconds(1), DAY);

        assertThat(good(third, NOW.plusSeconds(1))).containsExactly(SecretHash.of("three"), SecretHash.of("two"));
        assertThat(third.keys().get(2).retiresAt()).contains(NOW);
    }

    @Test
    void givenMany_whenAdded_thenEightAreRemembered() {
        var many = NONE;
        for (var i = 0; i < 20; i++) many = many.with(key("secret " + i), NOW, DAY);

        assertThat(many.keys()).hasSize(8);
        assertThat(many.know(SecretHash.of("secret 19"))).isTrue();
    }
}
