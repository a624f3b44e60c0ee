// The challenge by a recovery code.
import { verifyRecoveryCode } from "./api.js";
import { codeForm } from "./code-form.js";
import { challengeMet, currentToken } from "./journey.js";
import { screen } from "./screen.js";

codeForm(screen("recovery-code-entry").querySelector("form"), {
  pattern: /^[A-Za-z0-9-]{8,64}$/,
  malformed: "recovery-code-entry.malformedCode",
  invalid: "recovery-code-entry.invalidCode",
  attempt: (code) => verifyRecoveryCode(currentToken(), code),
  verified: challengeMet,
});
