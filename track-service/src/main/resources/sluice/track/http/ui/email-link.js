// Links by e-mail: the challenge, and the enrolment of an address. The link may be opened on any device; this page asks
// until it is confirmed.
import { linkConfirmed, sendMail } from "./api.js";
import { sentenceOf } from "./code-form.js";
import { emailForm } from "./email-form.js";
import { challengeMet, currentToken, enrolled, fail } from "./journey.js";
import { screen, show, shownScreen, whenOpened } from "./screen.js";
import { text } from "./text.js";

const askAgainMillis = 2_000;
const own = screen("email-link");
const error = own.querySelector(".error");
const said = own.querySelector("[role=status]");
let isEnrolling = false; // then the enrolment has sent the first link
let waits = 0; // one at a time: whoever comes back to the screen starts another

const wait = async () => {
  const mine = ++waits;
  while (mine === waits && shownScreen() === own) {
    try {
      const { isVerified, accessToken } = await linkConfirmed(currentToken());
      if (mine !== waits || shownScreen() !== own) return;
      if (isVerified) return (isEnrolling ? enrolled : challengeMet)(accessToken);
    } catch (fault) {
      fail(fault, () => {}); // the next try may get through
    }
    await new Promise((done) => setTimeout(done, askAgainMillis));
  }
};

const send = async () => {
  error.textContent = "";
  said.textContent = "";
  try {
    await sendMail(currentToken(), "EMAIL_MAGIC_LINK");
    said.textContent = text("email-link.sent");
  } catch (fault) {
    fail(fault, (each) => {
      error.textContent = sentenceOf(each, "email-error.notSent");
    });
  }
};

whenOpened("email-link", async () => {
  if (!isEnrolling) await send();
  wait();
});
own.querySelector("[data-resend]").addEventListener("click", send);

emailForm(screen("email-link-enrollment").querySelector("form"), "EMAIL_MAGIC_LINK", () => {
  isEnrolling = true;
  show("email-link");
});
whenOpened("email-link-enrollment", () => {
  isEnrolling = false;
});
