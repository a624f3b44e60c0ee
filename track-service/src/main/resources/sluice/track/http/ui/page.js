// The page's life: the server has chosen the first screen, calls of the client API lead to the others.
import { announce, leadsOn, reportError } from "./host.js";
import { cancel, goOn } from "./journey.js";
import { all, openFirst } from "./screen.js";
import "./email-code.js";
import "./email-link.js";
import "./enrollment-choice.js";
import "./method-choice.js";
import "./passkey-enrollment.js";
import "./passkey-entry.js";
import "./recovery-code-entry.js";
import "./recovery-codes.js";
import "./settings.js";
import "./totp-code-entry.js";
import "./totp-enrollment.js";

const { errorCode, statusCode } = document.body.dataset;

for (const button of all("[data-give-up]")) button.addEventListener("click", cancel);
for (const button of all("[data-finish]")) button.addEventListener("click", goOn);
for (const button of all("[data-reload]")) button.addEventListener("click", () => location.reload());
for (const part of all("[data-when]")) part.hidden = (part.dataset.when === "led-on") !== leadsOn();

// Until now a press would have been lost, or have sent the form itself.
for (const button of all("button")) button.disabled = false;

announce(document.getElementById("widget_container"));
if (errorCode) reportError(errorCode, Number(statusCode));
openFirst();
