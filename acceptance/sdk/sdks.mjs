// The official SDKs in Node: the server SDK as it is, the browser SDK behind the few browser globals that it touches.
// (A real browser has its turn in browser.mjs.)
import { Authsignal as ServerSdk } from "@authsignal/node";

globalThis.window ??= globalThis;
globalThis.document ??= {
  cookie: "",
  location: { hostname: "localhost", protocol: "http:" },
  readyState: "complete",
  addEventListener: () => {},
  querySelectorAll: () => [],
};
const { Authsignal: BrowserSdk } = await import("@authsignal/browser");

export const serverSdk = ({ url, apiSecret }) => new ServerSdk({ apiSecretKey: apiSecret, apiUrl: `${url}/v1` });

/** A browser SDK with the given token. The SDK keeps one token a page, so it serves one user at a time. */
export const browserSdk = ({ url, tenantId }, token) => {
  const sdk = new BrowserSdk({ tenantId, baseUrl: `${url}/v1` });
  sdk.setToken(token);
  return sdk;
};
