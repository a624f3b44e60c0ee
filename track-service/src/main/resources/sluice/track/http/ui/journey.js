// Where the user is on the way: the token in hand, what follows a step, and how the page is left.
import { finish, giveUp, leadsOn, reportError } from "./host.js";
import { show } from "./screen.js";

// Long enough to be read or heard, short enough not to be waited for.
const successMillis = 900;

const screensOfErrors = {
  expired_token: "expired",
  invalid_token: "invalid",
  unauthorized: "unsupported",
  invalid_configuration: "unsupported",
};

const { then, afterEnrollment, recoveryCodes } = document.body.dataset;
const firstToken = new URLSearchParams(location.search).get("t") ?? "";
let token = firstToken;

export const currentToken = () => token;

/** A challenge was met. */
export const challengeMet = (newToken) => {
  token = newToken;
  if (then === "enroll") show("totp-enrollment");
  else end();
};

/** An authenticator was added. With the first come recovery codes, where the tenant has them. */
export const enrolled = (newToken) => {
  token = newToken;
  if (recoveryCodes === "offered") show("recovery-codes");
  else endEnrolment();
};

/** Nothing is left to do after an enrolment. */
export const endEnrolment = () => {
  if (afterEnrollment === "finish" && leadsOn()) finish(token);
  else end();
};

const end = () => {
  show("success");
  if (leadsOn()) setTimeout(goOn, successMillis);
};

/** Leaves the page with what was reached. */
export const goOn = () => finish(token);

/** Leaves it as the user wants to: with what was reached before, if anything. */
export const cancel = () => {
  if (!leadsOn()) show("cancelled");
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
