// The enrolment of a passkey.
import { bindPasskey, newPasskey } from "./api.js";
import { currentToken, enrolled } from "./journey.js";
import { enrollable } from "./methods.js";
import { canUsePasskeys, createPasskey } from "./passkey.js";
import { passkeyForm } from "./passkey-form.js";
import { screen, show, whenOpened } from "./screen.js";

passkeyForm(screen("passkey-enrollment").querySelector("form"), {
  attempt: async () => {
    const { challengeId, options } = await newPasskey(currentToken());
    return bindPasskey(currentToken(), challengeId, await createPasskey(options));
  },
  verified: enrolled,
});

whenOpened("passkey-enrollment", () => {
  if (!canUsePasskeys) show(enrollable.length > 0 ? "enrollment-choice" : "unsupported");
});
