// Links by e-mail: the challenge, and the enrolment of an address. The link may be opened on any device; this page asks
// until it is confirmed.
import { linkConfirmed } from "./api.js";
import { emailForm, mailSender } from "./email-form.js";
import { challengeMet, currentToken, enrolled, fail } from "./journey.js";
import { screen, show, shownScreen, whenOpened } from "./screen.js";

const askAgainMillis = 2_000;
const own = screen("email-link");
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

const send = mailSender(own, "EMAIL_MAGIC_LINK", "email-link.sent");

whenOpened("email-link", async () => {
  if (!isEnrolling) await send();
  wait();
});

emailForm(screen("email-link-enrollment").querySelector("form"), "EMAIL_MAGIC_LINK", () => {
  isEnrolling = true;
  show("email-link");
});
whenOpened("email-link-enrollment", () => {
  isEnrolling = false;
});
