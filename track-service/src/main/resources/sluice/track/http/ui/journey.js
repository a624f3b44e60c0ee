// Where the user is on the way: the token in hand, what follows a step, and how the page is left.
import { finish, giveUp, leadsOn, reportError } from "./host.js";
import { enrollable } from "./methods.js";
import { show, shownScreen } from "./screen.js";

// Long enough to be read or heard, short enough not to be waited for.
const successMillis = 900;

const screensOfErrors = {
  expired_token: "expired",
  invalid_token: "invalid",
  unauthorized: "unsupported",
  invalid_configuration: "unsupported",
};

// By method, in the order in which they are offered where none was chosen.
const enrolments = [
  ["AUTHENTICATOR_APP", "totp-enrollment"],
  ["PASSKEY", "passkey-enrollment"],
  ["EMAIL_OTP", "email-code-enrollment"],
  ["EMAIL_MAGIC_LINK", "email-link-enrollment"],
];

const { then, afterEnrollment, recoveryCodes, rights } = document.body.dataset;
const firstToken = new URLSearchParams(location.search).get("t") ?? "";
let token = firstToken;
let isAddingAllowed = rights.split(" ").includes("ADD");
let areCodesOffered = recoveryCodes === "offered";
let isInSettings = false;

export const currentToken = () => token;

/** A challenge was met. */
export const challengeMet = (newToken) => {
  token = newToken;
  isAddingAllowed = true;
  if (then === "enroll") openEnrolment();
  else if (then === "settings") show("settings");
  else end();
};

/** Lets the user add an authenticator: of the first method that can be. */
export const openEnrolment = () => {
  if (isInSettings && enrollable.length > 1) show("enrollment-choice");
  else show(enrolments.find(([method]) => enrollable.includes(method))?.[1] ?? "totp-enrollment");
};

/** Whether an authenticator can be added, as far as the page knows. */
export const canAdd = () => isAddingAllowed;

/** The user has come to the page of their authenticators: what is begun there leads back to it. */
export const settingsOpened = () => {
  isInSettings = true;
};

/** An authenticator was added. With the first come recovery codes, where the tenant has them. */
export const enrolled = (newToken) => {
  token = newToken;
  isAddingAllowed = true;
  if (areCodesOffered) show("recovery-codes");
  else endEnrolment();
  areCodesOffered = false;
};

/** Recovery codes could not be had. An enrolment that they were to come with has ended well all the same. */
export const recoveryCodesMissing = (error) => {
  if (isInSettings) fail(error, () => show("unavailable"));
  else endEnrolment();
};

/** Nothing is left to do after an enrolment. */
export const endEnrolment = () => {
  if (then === "settings") show("settings");
  else if (afterEnrollment === "finish" && leadsOn()) finish(token);
  else end();
};

const end = () => {
  show("success");
  if (leadsOn()) setTimeout(goOn, successMillis);
};

/** Leaves the page with what was reached. */
export const goOn = () => finish(token);

/** Leaves it as the user wants to, with what was reached before, if anything; or what was begun in the settings. */
export const cancel = () => {
  if (isInSettings && !shownScreen().matches(".notice")) show("settings");
  else if (!leadsOn()) show("cancelled");
  else if (token !== firstToken) finish(token);
  else giveUp(firstToken);
};

/** A call did not go well: shows the screen that is for that, or leaves it to `otherwise`. */
export const fail = (error, otherwise) => {
  if (error.status === undefined) throw error;
  reportError(error.code, error.status);
  const name = screensOfErrors[error.code];
  if (name) show(name);
  else otherwise(error);
};
