// A form for an e-mail address, to which something is sent.
import { bindEmail } from "./api.js";
import { codeForm } from "./code-form.js";
import { currentToken } from "./journey.js";

/**
 * @param {HTMLFormElement} form likewise as for a code
 * @param {string} method EMAIL_OTP or EMAIL_MAGIC_LINK
 * @param {() => void} sent what follows once the mail is on its way
 */
export const emailForm = (form, method, sent) =>
  codeForm(form, {
    pattern: /^[^@\s]+@[^@\s]+$/,
    malformed: "email-error.malformed",
    invalid: "email-error.malformed",
    unavailable: "email-error.notSent",
    attempt: async (email) => {
      await bindEmail(currentToken(), method, email);
      return { isVerified: true };
    },
    verified: sent,
  });
