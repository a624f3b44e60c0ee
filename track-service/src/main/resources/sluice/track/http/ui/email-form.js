// A form for an e-mail address, to which something is sent; and what sends another to the address that is known.
import { bindEmail, sendMail } from "./api.js";
import { codeForm, sentenceOf } from "./code-form.js";
import { currentToken, fail } from "./journey.js";
import { text } from "./text.js";

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

/**
 * @param {HTMLElement} own the screen: with an element of class `error`, one of role status and a button to send again
 * @param {string} method as above
 * @param {string} sent id of the text that tells of it
 * @returns {() => Promise<void>} sends a mail, and says what came of it
 */
export const mailSender = (own, method, sent) => {
  const error = own.querySelector(".error");
  const said = own.querySelector("[role=status]");
  const send = async () => {
    error.textContent = "";
    said.textContent = "";
    try {
      await sendMail(currentToken(), method);
      said.textContent = text(sent);
    } catch (fault) {
      fail(fault, (each) => {
        error.textContent = sentenceOf(each, "email-error.notSent");
      });
    }
  };
  own.querySelector("[data-resend]").addEventListener("click", send);
  return send;
};
