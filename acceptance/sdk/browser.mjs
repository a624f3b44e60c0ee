// The browser SDK's own bundle in a real browser, on a page of another origin: what CORS lets through is part of it.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { launchChromium } from "./chromium.mjs";
import { success } from "./http.mjs";
import { AuthenticatorApp, newUser } from "./people.mjs";

const bundle = readFileSync(fileURLToPath(new URL("./index.min.js", import.meta.resolve("@authsignal/browser"))));
const page = `<!doctype html><title>Shop</title><script src="/authsignal.js"></script>`;

const shop = async () => {
  const server = createServer((request, response) => {
    if (request.url === "/authsignal.js") response.setHeader("Content-Type", "text/javascript").end(bundle);
    else response.setHeader("Content-Type", "text/html").end(page);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
};

export const browser = (api) => {
  let chrome, server, tab;

  before(async () => {
    server = await shop();
    chrome = await launchChromium();
    tab = await chrome.newPage();
    await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  });

  after(async () => {
    await chrome?.close();
    server?.closeAllConnections();
    server?.close();
  });

  /** Runs one call of the SDK on the page, with the given token. */
  const onThePage = (token, call, argument) =>
    tab.evaluate(
      async ({ baseUrl, tenantId, token, call, argument }) => {
        let expired = 0;
        const sdk = new window.authsignal.Authsignal({ baseUrl, tenantId, onTokenExpired: () => expired++ });
        sdk.setToken(token);
        return { ...(await sdk.totp[call](argument)), expired };
      },
      { baseUrl: `${api.url}/v1`, tenantId: api.tenantId, token, call, argument },
    );

  test("given a page of another origin, when the user enrols and signs in on it, then both succeed", async () => {
    const userId = newUser();
    const enrolling = success(await api.track(userId, "enroll"));
    const { data: enrolment } = await onThePage(enrolling.token, "enroll");
    const app = new AuthenticatorApp(enrolment.secret);
    const { data: bound } = await onThePage(enrolling.token, "verify", { code: await app.previousCode() });
    assert.equal(bound.isVerified, true);

    const signingIn = success(await api.track(userId, "signIn"));
    const { data: wrong } = await onThePage(signingIn.token, "verify", { code: app.wrongCode() });
    const { data: right } = await onThePage(signingIn.token, "verify", { code: app.code() });

    assert.deepEqual(wrong, { isVerified: false, failureReason: "CODE_INVALID_OR_EXPIRED" });
    assert.equal(right.isVerified, true);
    assert.equal(success(await api.validate({ token: right.token, action: "signIn", userId })).isValid, true);
  });

  test("given a forged token, when the page enrols with it, then the page can read the error and its code", async () => {
    const { token } = success(await api.track(newUser(), "enroll"));
    const [header, claims] = token.split(".");

    const { errorCode, errorDescription, error, data, expired } = await onThePage(
      `${header}.${claims}.${"A".repeat(43)}`,
      "enroll",
    );

    assert.equal(errorCode, "invalid_token");
    assert.equal(error, errorDescription);
    assert.equal(data, undefined);
    assert.equal(expired, 0, "a forged token has not expired");
  });

  test("given attempts used up, when the page tries once more, then the page can read that it was too often", async () => {
    const userId = newUser();
    const { token } = success(await api.track(userId, "enroll"));
    const { data } = await onThePage(token, "enroll");
    const wrong = new AuthenticatorApp(data.secret).wrongCode();

    const codes = [];
    for (let attempt = 1; attempt <= 11; attempt++)
      codes.push((await onThePage(token, "verify", { code: wrong })).errorCode);

    assert.equal(codes.at(-1), "too_many_requests");
  });
};
