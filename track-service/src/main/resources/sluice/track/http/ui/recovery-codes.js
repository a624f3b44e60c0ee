// Recovery codes, which are shown once: after the first enrolment.
import { issueRecoveryCodes } from "./api.js";
import { copied } from "./copy.js";
import { currentToken, endEnrolment } from "./journey.js";
import { whenOpened } from "./screen.js";
import { text } from "./text.js";

const element = (id) => document.getElementById(id);

whenOpened("recovery-codes", async () => {
  try {
    const { recoveryCodes } = await issueRecoveryCodes(currentToken());
    element("recovery-codes").textContent = recoveryCodes.join("\n");
    element("recovery-codes").removeAttribute("aria-busy");
  } catch (error) {
    if (error.status === undefined) throw error;
    // The authenticator is enrolled all the same: what was begun ends well without codes.
    endEnrolment();
  }
});

element("copy-recovery-codes").addEventListener("click", async () => {
  if (!(await copied(element("recovery-codes")))) return;
  element("recovery-codes-copied").textContent = text("recovery-codes.copiedStatus");
  element("copy-recovery-codes").textContent = text("recovery-codes.copied");
});
element("recovery-codes-saved").addEventListener("click", endEnrolment);
