// Recovery codes, which are shown once: after the first enrolment, or when the user wants new ones.
import { issueRecoveryCodes } from "./api.js";
import { copied } from "./copy.js";
import { currentToken, endEnrolment, recoveryCodesMissing } from "./journey.js";
import { whenOpened } from "./screen.js";
import { text } from "./text.js";

const element = (id) => document.getElementById(id);

const copyLabel = element("copy-recovery-codes").textContent;

whenOpened("recovery-codes", async () => {
  element("recovery-codes").textContent = "";
  element("recovery-codes").setAttribute("aria-busy", "true");
  element("copy-recovery-codes").textContent = copyLabel;
  element("recovery-codes-copied").textContent = "";
  try {
    const { recoveryCodes } = await issueRecoveryCodes(currentToken());
    element("recovery-codes").textContent = recoveryCodes.join("\n");
    element("recovery-codes").removeAttribute("aria-busy");
  } catch (error) {
    if (error.status === undefined) throw error;
    recoveryCodesMissing(error);
  }
});

element("copy-recovery-codes").addEventListener("click", async () => {
  if (!(await copied(element("recovery-codes")))) return;
  element("recovery-codes-copied").textContent = text("recovery-codes.copiedStatus");
  element("copy-recovery-codes").textContent = text("recovery-codes.copied");
});
element("recovery-codes-saved").addEventListener("click", endEnrolment);
