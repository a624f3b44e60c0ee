package sluice.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProfileTest {
    @Test
    void givenThreadsThatDifferInNumbers_thenTheyAreOfOneKind() {
        assertThat(Profile.kind("sluice.rules-processor-12345678-1234-1234-1234-123456789abc-StreamThread-2"))
                .isEqualTo(Profile.kind("sluice.rules-processor-abcdef01-1234-1234-1234-123456789abc-StreamThread-1"))
                .isEqualTo("sluice.rules-processor-StreamThread-#");
    }
}
