package sluice.track.http.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.schemas.ActionState;
import sluice.track.token.Token;

/** S18: what the page offers is what the API would do. */
class RightTest {
    private static Token token(String... scopes) {
        return new Token("acme", "ann", "signIn", "key", Set.of(scopes));
    }

    @Test
    void s18_givenScopes_whenThePageIsMade_thenTheyAreItsRights() {
        assertThat(Right.of(token(), ActionState.ALLOW)).isEmpty();
        assertThat(Right.of(token(Token.READ_AUTHENTICATORS), ActionState.ALLOW))
                .isEmpty();
        assertThat(Right.of(token(Token.REMOVE_AUTHENTICATORS, Token.ADD_AUTHENTICATORS), ActionState.ALLOW))
                .containsExactlyInAnyOrder(Right.REMOVE, Right.ADD);
    }

    @Test
    void s18_givenAChallengeThatWasMet_whenThePageIsMade_thenItLetsAddAndNoMore() {
        assertThat(Right.of(token(), ActionState.CHALLENGE_SUCCEEDED)).containsExactly(Right.ADD);
    }
}
