// The challenge by a passkey.
import { passkeyRequest, verifyPasskey } from "./api.js";
import { challengeMet, currentToken } from "./journey.js";
import { showAnotherWay } from "./method-choice.js";
import { askForPasskey, canUsePasskeys } from "./passkey.js";
import { passkeyForm } from "./passkey-form.js";
import { screen, whenOpened } from "./screen.js";

passkeyForm(screen("passkey-entry").querySelector("form"), {
  attempt: async () => {
    const { challengeId, options } = await passkeyRequest(currentToken());
    return verifyPasskey(currentToken(), challengeId, await askForPasskey(options));
  },
  verified: challengeMet,
});

// The server does not know what the browser can do, nor where it shows the page.
whenOpened("passkey-entry", () => {
  if (!canUsePasskeys) showAnotherWay();
});
