package sluice.runtime.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final Health health = new Health();

    @Test
    void givenAPartThatRestores_whenAsked_thenItsStoresAreTold() {
        health.restores("rules-processor", () -> Map.of("user-0", new Restoring(7, 3)));

        assertThat(health.restoring()).isEqualTo(Map.of("rules-processor", Map.of("user-0", new Restoring(7, 3))));
    }

    @Test
    void givenAPartThatHasRestored_whenAsked_thenItIsLeftOut() {
        health.restores("rules-processor", Map::of);

        assertThat(health.restoring()).isEmpty();
    }
}
