// The management API, as any client of it would call it. The secret is here, in this module's memory, and nowhere else.
let authorization;

/** Takes the secret for all calls from now on. It may be any Unicode text, which btoa takes only as bytes. */
export const use = (secret) => {
  const bytes = new TextEncoder().encode(`${secret}:`);
  authorization = `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
};

/** A call that was refused, in the contract's words, or did not get through (status 0). */
class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** Sends a call with no credential but the given headers; gives status and JSON. */
const send = async (path, options) => {
  let response;
  try {
    response = await fetch(path, { credentials: "omit", cache: "no-store", redirect: "error", ...options });
  } catch {
    throw new ApiError("Sluice could not be reached.", 0);
  }
  const body = await response.json().catch(() => undefined);
  return { status: response.status, body };
};

const call = async (method, path, text) => {
  const headers = { Authorization: authorization, ...(text && { "Content-Type": "application/json" }) };
  const { status, body } = await send(`/v1/management/${path}`, { method, headers, body: text });
  if (status === 200 && body) return body;
  const { errorCode = "No answer of Sluice's", errorDescription = "" } = body ?? {};
  throw new ApiError(`${errorCode} (${status}). ${errorDescription}`, status);
};

/** Whether the secret opens anything: throws if it does not. */
export const check = () => call("GET", "tenant");

const ofAction = (actionCode) => `action-configurations/${encodeURIComponent(actionCode)}`;

/** What is set for an action code; undefined if nothing is. */
export const actionConfiguration = async (actionCode) => {
  try {
    return await call("GET", ofAction(actionCode));
  } catch (error) {
    if (error.status === 404) return undefined;
    throw error;
  }
};

/** Its rules, in the order in which they are applied. */
export const rulesOf = (actionCode) => call("GET", `${ofAction(actionCode)}/rules`);

/**
 * Starts a back-test. The candidate is sent as it was written, since numbers would not all survive being read: it has to
 * be one JSON value.
 */
export const startBacktest = (candidate, from, to) => {
  JSON.parse(candidate);
  const times = JSON.stringify({ ...(from && { from }), ...(to && { to }) });
  return call("POST", "backtests", `{"rules":${candidate}${times === "{}" ? "" : `,${times.slice(1, -1)}`}}`);
};

const ofBacktest = (id) => `backtests/${encodeURIComponent(id)}`;

/** How far it is, and its report once it is there. */
export const lookAtBacktest = (id) => call("GET", ofBacktest(id));

/** Stops and forgets it. */
export const endBacktest = (id) => call("DELETE", ofBacktest(id));

/** Health of the process, which asks for no credential and answers 503 with the same body while it starts. */
export const health = async () => {
  const { status, body } = await send("/health/ready", {});
  if (!body?.parts) throw new ApiError(`The process told nothing of its health (${status}).`, status);
  return body;
};
