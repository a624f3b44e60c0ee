// Codes by e-mail: the challenge, and the enrolment of an address.
import { sendMail, verifyEmailCode } from "./api.js";
import { codeForm, sentenceOf } from "./code-form.js";
import { emailForm } from "./email-form.js";
import { challengeMet, currentToken, enrolled, fail } from "./journey.js";
import { screen, show, whenOpened } from "./screen.js";
import { text } from "./text.js";

const own = screen("email-code-entry");
const form = own.querySelector("form");
const said = own.querySelector("[role=status]");
let isEnrolling = false; // then the enrolment has sent the first code

codeForm(form, {
  pattern: /^\d{6}$/,
  malformed: "email-code-entry.malformedCode",
  invalid: "email-code-entry.invalidCode",
  attempt: (code) => verifyEmailCode(currentToken(), code),
  verified: (token) => {
    const next = isEnrolling ? enrolled : challengeMet;
    isEnrolling = false;
    next(token);
  },
});

const send = async () => {
  form.querySelector(".error").textContent = "";
  said.textContent = "";
  try {
    await sendMail(currentToken(), "EMAIL_OTP");
    said.textContent = text("email-code-entry.sent");
  } catch (error) {
    fail(error, (each) => {
      form.querySelector(".error").textContent = sentenceOf(each, "email-error.notSent");
    });
  }
};

whenOpened("email-code-entry", () => {
  form.reset();
  if (!isEnrolling) send();
});
own.querySelector("[data-resend]").addEventListener("click", send);

emailForm(screen("email-code-enrollment").querySelector("form"), "EMAIL_OTP", () => {
  isEnrolling = true;
  show("email-code-entry");
});
whenOpened("email-code-enrollment", () => {
  isEnrolling = false;
});
