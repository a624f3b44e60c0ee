package sluice.track.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuthenticatorModelsTest {
    private final AuthenticatorModels models = new AuthenticatorModels();

    @Test
    void givenAModelOfTheList_whenLookedUp_thenItHasAName() {
        assertThat(models.name("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4")).contains("Google Password Manager");
    }

    /** Apple's and others' passkeys of old, and every authenticator that does not say. */
    @Test
    void givenAnAuthenticatorThatDoesNotSay_whenLookedUp_thenItHasNone() {
        assertThat(models.name("00000000-0000-0000-0000-000000000000")).isEmpty();
    }
}
