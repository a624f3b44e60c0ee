// The page's life: the server has chosen the first view, calls of the client API lead to the others.
import { enroll, qrCode, verify } from "./api.js";
import { announce, finish, giveUp, leadsOn, reportError } from "./host.js";

// Long enough to be read or heard, short enough not to be waited for.
const successMillis = 900;

const viewsOfErrors = {
  expired_token: "expired",
  invalid_token: "invalid",
  unauthorized: "unsupported",
  invalid_configuration: "unsupported",
};

const page = document.body.dataset;
const firstToken = new URLSearchParams(location.search).get("t") ?? "";
let token = firstToken;
let isBusy = false;

const element = (id) => document.getElementById(id);
const all = (selector) => [...document.querySelectorAll(selector)];
const shownView = () => all("[data-view]").find((view) => !view.hidden);

const show = (name) => {
  for (const view of all("[data-view]")) view.hidden = view.dataset.view !== name;
  const heading = shownView().querySelector("h1");
  document.title = heading.textContent;
  (shownView().querySelector("[data-verify] input:not(#enroll-code)") ?? heading).focus();
};

const startEnrolment = async () => {
  try {
    const { uri, secret } = await enroll(token);
    element("open-app").href = uri; // handed to the app by the system; no server sees it
    element("secret").textContent = secret.match(/.{1,4}/g).join(" ");
    element("copy").onclick = () => copy(secret);
    await drawQrCode(uri);
  } catch (error) {
    fail(error, () => show("unavailable"));
  }
};

const drawQrCode = async (uri) => {
  try {
    const svg = new DOMParser().parseFromString(await qrCode(token, uri), "image/svg+xml").documentElement;
    element("qr").replaceChildren(document.importNode(svg, true));
  } catch (error) {
    // The key can still be typed.
    element("qr").hidden = true;
    document.querySelector("details").open = true;
    if (error.status === 401) throw error;
  } finally {
    element("qr").removeAttribute("aria-busy");
  }
};

const copy = async (secret) => {
  try {
    await navigator.clipboard.writeText(secret);
    element("copied").textContent = "The key was copied.";
    element("copy").textContent = "Copied";
  } catch {
    // No clipboard without TLS, or none for a frame: leave the key selected, to be copied by hand.
    getSelection().selectAllChildren(element("secret"));
  }
};

const tryCode = async (form) => {
  const code = form.elements.code.value.replace(/\s/g, "");
  if (!/^\d{6}$/.test(code)) return refuse(form, "Enter the 6 digits that your app shows now.");
  try {
    const { isVerified, accessToken, failureReason } = await verify(token, code);
    if (isVerified) return succeed(accessToken);
    if (failureReason === "MAX_ATTEMPTS_EXCEEDED") return show("failed");
    refuse(form, "That code isn’t right, or it was used before. Try the one that your app shows now.");
  } catch (error) {
    fail(error, (sentence) => refuse(form, sentence));
  }
};

const refuse = (form, sentence) => {
  const input = form.elements.code;
  form.querySelector(".error").textContent = sentence;
  input.setAttribute("aria-invalid", "true");
  input.focus();
  input.select();
};

const succeed = (newToken) => {
  token = newToken;
  const isChallenge = shownView().dataset.view === "challenge";
  if (isChallenge && page.then === "enroll") {
    show("enroll");
    startEnrolment();
    return;
  }
  show("success");
  if (leadsOn()) setTimeout(() => finish(token), successMillis);
};

const fail = (error, otherwise) => {
  if (error.status === undefined) throw error;
  reportError(error.code, error.status);
  const view = viewsOfErrors[error.code];
  if (view) show(view);
  else otherwise(sentenceOf(error));
};

const sentenceOf = ({ status, retryAfterSeconds = 60 }) => {
  if (status !== 429) return "We couldn’t check the code. Try again in a moment.";
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return `That was too often. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`;
};

const submit = async (event) => {
  event.preventDefault();
  if (isBusy) return; // a second press would be a second attempt
  const form = event.target;
  const button = form.querySelector(".primary");
  isBusy = true;
  button.setAttribute("aria-disabled", "true");
  form.querySelector(".error").textContent = "";
  form.elements.code.removeAttribute("aria-invalid");
  try {
    await tryCode(form);
  } finally {
    button.removeAttribute("aria-disabled");
    isBusy = false;
  }
};

const cancel = () => {
  const hasMetTheChallenge = token !== firstToken;
  if (!leadsOn()) show("cancelled");
  else if (hasMetTheChallenge) finish(token);
  else giveUp(firstToken);
};

for (const form of all("[data-verify]")) form.addEventListener("submit", submit);
for (const button of all("[data-give-up]")) button.addEventListener("click", cancel);
for (const button of all("[data-finish]")) button.addEventListener("click", () => finish(token));
for (const button of all("[data-reload]")) button.addEventListener("click", () => location.reload());
for (const part of all("[data-when]")) part.hidden = (part.dataset.when === "led-on") !== leadsOn();

// Until now a press would have been lost, or have sent the form itself.
for (const button of all("button")) button.disabled = false;

announce(element("widget_container"));
if (page.errorCode) reportError(page.errorCode, Number(page.statusCode));
if (shownView().dataset.view === "challenge") element("challenge-code").focus();
if (shownView().dataset.view === "enroll") startEnrolment();
