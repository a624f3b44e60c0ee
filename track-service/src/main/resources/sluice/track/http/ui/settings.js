// The page of a user's authenticators. What it offers is what the token's scopes say; the API judges each call.
import { authenticators, makeDefault, removeAuthenticator } from "./api.js";
import { canAdd, currentToken, fail, openEnrolment, settingsOpened } from "./journey.js";
import { all, show, whenOpened } from "./screen.js";
import { text } from "./text.js";

const element = (id) => document.getElementById(id);
const rights = document.body.dataset.rights.split(" ");
const hasRecoveryCodes = document.body.dataset.hasRecoveryCodes === "true";

const names = {
  AUTHENTICATOR_APP: "settings.authenticatorApp",
  PASSKEY: "settings.passkey",
  SMS: "settings.sms",
  EMAIL_OTP: "settings.emailOtp",
  EMAIL_MAGIC_LINK: "settings.emailMagicLink",
};
let chosen; // the one whose removal is to be confirmed

const nameOf = ({ verificationMethod }) => text(names[verificationMethod] ?? "settings.otherMethod");
const detailOf = ({ email, phoneNumber, createdAt }) => {
  const date = new Date(createdAt).toLocaleDateString(document.documentElement.lang, { dateStyle: "medium" });
  return [email ?? phoneNumber, text("settings.added", { date })].filter(Boolean).join(" · ");
};

const item = (authenticator) => {
  const { userAuthenticatorId: id, isDefault } = authenticator;
  const made = element("authenticator").content.cloneNode(true).firstElementChild;
  const part = (name) => made.querySelector(`[data-part="${name}"]`);
  part("name").textContent = nameOf(authenticator);
  part("detail").textContent = detailOf(authenticator);
  part("about").id = `about-${id}`;
  part("badge").hidden = !isDefault;
  part("default").hidden = isDefault || !rights.includes("UPDATE");
  part("remove").hidden = !rights.includes("REMOVE");
  for (const button of all("button", made)) button.setAttribute("aria-describedby", `about-${id}`);
  part("default").addEventListener("click", () => change(() => makeDefault(currentToken(), id)));
  part("remove").addEventListener("click", () => {
    chosen = authenticator;
    show("remove-authenticator");
  });
  return made;
};

/** Does something and shows what there is afterwards. */
const change = async (call) => {
  try {
    await call();
    show("settings");
  } catch (error) {
    fail(error, () => show("unavailable"));
  }
};

whenOpened("settings", async () => {
  settingsOpened();
  element("add-authenticator").hidden = !canAdd();
  try {
    const list = await authenticators(currentToken());
    element("authenticators").replaceChildren(...list.map(item));
    element("no-authenticators").hidden = list.length > 0;
    element("renew-recovery-codes").hidden = !(canAdd() && hasRecoveryCodes && list.length > 0);
    element("authenticators").removeAttribute("aria-busy");
  } catch (error) {
    fail(error, () => show("unavailable"));
  }
});

whenOpened("remove-authenticator", () => {
  element("removed-authenticator").textContent = `${nameOf(chosen)} (${detailOf(chosen)})`;
});

element("confirm-removal").addEventListener("click", () =>
  change(() => removeAuthenticator(currentToken(), chosen.userAuthenticatorId)),
);
element("add-authenticator").addEventListener("click", openEnrolment);
element("renew-codes").addEventListener("click", () => show("recovery-codes"));
