package sluice.track.http.ui;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import sluice.schemas.ActionState;
import sluice.track.token.Token;

/** What users may do to their authenticators on the page, as far as can be told: the API judges it when it comes to it. */
public enum Right {
    ADD(Token.ADD_AUTHENTICATORS),
    UPDATE(Token.UPDATE_AUTHENTICATORS),
    REMOVE(Token.REMOVE_AUTHENTICATORS);

    private final String scope;

    Right(String scope) {
        this.scope = scope;
    }

    /** The rights of a token: by its scopes, and to add by a challenge that was met. */
    public static Set<Right> of(Token token, ActionState state) {
        return Arrays.stream(values())
                .filter(each -> token.has(each.scope) || (each == ADD && state == ActionState.CHALLENGE_SUCCEEDED))
                .collect(Collectors.toUnmodifiableSet());
    }
}
