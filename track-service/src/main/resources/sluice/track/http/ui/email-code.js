// Codes by e-mail: the challenge, and the enrolment of an address.
import { verifyEmailCode } from "./api.js";
import { codeForm } from "./code-form.js";
import { emailForm, mailSender } from "./email-form.js";
import { challengeMet, currentToken, enrolled } from "./journey.js";
import { screen, show, whenOpened } from "./screen.js";

const own = screen("email-code-entry");
const form = own.querySelector("form");
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

const send = mailSender(own, "EMAIL_OTP", "email-code-entry.sent");

whenOpened("email-code-entry", () => {
  form.reset();
  if (!isEnrolling) send();
});

emailForm(screen("email-code-enrollment").querySelector("form"), "EMAIL_OTP", () => {
  isEnrolling = true;
  show("email-code-entry");
});
whenOpened("email-code-enrollment", () => {
  isEnrolling = false;
});
