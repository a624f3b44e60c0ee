// A form with one button, behind which the browser asks for a passkey.
import { onSubmit, sentenceOf } from "./code-form.js";
import { fail } from "./journey.js";
import { show } from "./screen.js";
import { text } from "./text.js";

/**
 * @param {HTMLFormElement} form with an element of class `error` and a button of class `primary`
 * @param {{attempt: () => Promise<{isVerified: boolean, accessToken?: string, failureReason?: string}>,
 *   verified: (accessToken: string) => void}} options
 */
export const passkeyForm = (form, { attempt, verified }) => {
  const error = form.querySelector(".error");
  const button = form.querySelector(".primary");

  const refuse = (sentence) => {
    error.textContent = sentence;
    button.focus();
  };

  onSubmit(form, async () => {
    try {
      const { isVerified, accessToken, failureReason } = await attempt();
      if (isVerified) verified(accessToken);
      else if (failureReason === "MAX_ATTEMPTS_EXCEEDED") show("failed");
      else refuse(text("passkey-error.invalid"));
    } catch (fault) {
      if (!(fault instanceof DOMException)) fail(fault, (each) => refuse(sentenceOf(each, "passkey-error.unavailable")));
      // What the browser calls it when there is one already; whether the user gave up, or had none, it does not tell.
      else refuse(text(fault.name === "InvalidStateError" ? "passkey-error.known" : "passkey-error.notGiven"));
    }
  });
};
