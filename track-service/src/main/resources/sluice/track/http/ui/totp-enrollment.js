// The enrolment of an authenticator app: its key as a QR code and for typing, then its first code.
import { enrollTotp, qrCode, verifyTotp } from "./api.js";
import { codeForm } from "./code-form.js";
import { copied } from "./copy.js";
import { currentToken, enrolled, fail } from "./journey.js";
import { screen, show, whenOpened } from "./screen.js";
import { text } from "./text.js";

const own = screen("totp-enrollment");
const element = (id) => document.getElementById(id);

codeForm(own.querySelector("form"), {
  pattern: /^\d{6}$/,
  malformed: "totp-code-entry.malformedCode",
  invalid: "totp-code-entry.invalidCode",
  attempt: (code) => verifyTotp(currentToken(), code),
  verified: enrolled,
});

whenOpened("totp-enrollment", async () => {
  own.querySelector("form").reset();
  try {
    const { uri, secret } = await enrollTotp(currentToken());
    element("open-app").href = uri; // handed to the app by the system; no server sees it
    element("secret").textContent = secret.match(/.{1,4}/g).join(" ");
    element("copy").onclick = () => copy(secret);
    await drawQrCode(uri);
  } catch (error) {
    fail(error, () => show("unavailable"));
  }
});

const drawQrCode = async (uri) => {
  try {
    const svg = new DOMParser().parseFromString(await qrCode(currentToken(), uri), "image/svg+xml").documentElement;
    svg.setAttribute("aria-label", text("totp-enrollment.qrCode"));
    element("qr").replaceChildren(document.importNode(svg, true));
  } catch (error) {
    // The key can still be typed.
    element("qr").hidden = true;
    own.querySelector("details").open = true;
    if (error.status === 401) throw error;
  } finally {
    element("qr").removeAttribute("aria-busy");
  }
};

const copy = async (secret) => {
  if (!(await copied(element("secret"), secret))) return;
  element("copied").textContent = text("totp-enrollment.copiedStatus");
  element("copy").textContent = text("totp-enrollment.copied");
};
