package sluice.track.http;

import sluice.track.token.BadTokenException;

/** How calls about sessions are refused. What is said is the same for what never was, is over and is another's (E1). */
enum SessionRefusals {
    ACTION_TOKEN("The action's token"),
    ACCESS_TOKEN("The access token"),
    REFRESH_TOKEN("The refresh token");

    private final String what;

    SessionRefusals(String what) {
        this.what = what;
    }

    RefusedException invalid() {
        return Refusal.INVALID_TOKEN.because(what + " is invalid.");
    }

    RefusedException of(BadTokenException fault) {
        return switch (fault.fault()) {
            case EXPIRED -> Refusal.EXPIRED_TOKEN.because(what + " has expired.");
            case INVALID -> invalid();
        };
    }
}
