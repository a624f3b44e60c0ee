// Who shows this page, and how it is left: the protocol of the browser SDK's launch(), in its three modes.
import { originOf, withToken } from "./redirect-url.js";

const { mode, redirectUrl, allowedOrigins } = document.body.dataset;

// Null where the tenant has set none: then any may listen.
const allowed = allowedOrigins === "*" ? null : allowedOrigins.split(" ").filter((each) => each !== "");

// The page that frames or opened this one wrote the token into the URL itself, so it learns nothing new by the next
// one; yet nobody else is to: the message goes to that origin alone. Chromium and Safari name a frame's ancestors
// whatever the referrer policy; elsewhere the referrer names the origin, or else where the backend wants the user back.
const origin =
  originOf(window.parent === window ? null : location.ancestorOrigins?.[0]) ??
  originOf(document.referrer) ??
  originOf(redirectUrl);

// Where it is not known, those that the tenant allows are tried: the browser delivers to the one that is there.
const targets = origin ? [origin].filter((each) => !allowed || allowed.includes(each)) : (allowed ?? ["*"]);

/** The SDK's page: around this one's frame (popup), or the one that opened this window. */
const listener = () => {
  if (mode !== "popup" || targets.length === 0) return null;
  if (window.parent !== window) return window.parent;
  return window.opener && !window.opener.closed ? window.opener : null;
};

// The SDK takes the height from an object, and everything else from JSON text.
const post = (message) => targets.forEach((target) => listener()?.postMessage(message, target));
const postEvent = (event, details = {}) => post(JSON.stringify({ event, ...details }));

// Where it may be anybody who listens, the token stays here. The message goes nevertheless, or the popup would never
// close; the backend can still validate by the token of its track call, which is of the same action.
const postClose = (token) => postEvent("AUTHSIGNAL_CLOSE_POPUP", token && !targets.includes("*") ? { token } : {});

const leave = (token) => {
  const target = withToken(redirectUrl, token);
  // Not a step of the history: going back must not lead to a challenge that is over.
  if (target) location.replace(target);
};

/** Whether there is anywhere to go from here. */
export const leadsOn = () => listener() !== null || originOf(redirectUrl) !== null;

/** The end: the SDK gets the token, or the user goes where the backend said. */
export const finish = (token) => (listener() ? postClose(token) : leave(token));

/** The user's own end, without having met the challenge. */
export const giveUp = (token) => (listener() ? postClose() : leave(token));

/** Tells the SDK's onError of a call that failed. */
export const reportError = (errorCode, statusCode) => postEvent("AUTHSIGNAL_API_ERROR", { errorCode, statusCode });

/** Lets the frame be as high as what is in it, and says when there is something to see. */
export const announce = (container) => {
  const postHeight = () => post({ height: Math.ceil(container.getBoundingClientRect().height) });
  new ResizeObserver(postHeight).observe(container);
  postHeight();
  firstPaint().then(() => postEvent("AUTHSIGNAL_READY"));
};

// A frame that is not shown may never be painted, and the SDK does not show it before it is ready.
const firstPaint = () =>
  Promise.race([
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    new Promise((done) => setTimeout(done, 250)),
  ]);
