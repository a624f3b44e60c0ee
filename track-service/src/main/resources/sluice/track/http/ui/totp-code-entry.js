// The challenge by an authenticator app.
import { verifyTotp } from "./api.js";
import { codeForm } from "./code-form.js";
import { challengeMet, currentToken } from "./journey.js";
import { screen } from "./screen.js";

codeForm(screen("totp-code-entry").querySelector("form"), {
  pattern: /^\d{6}$/,
  malformed: "totp-code-entry.malformedCode",
  invalid: "totp-code-entry.invalidCode",
  attempt: (code) => verifyTotp(currentToken(), code),
  verified: challengeMet,
});
