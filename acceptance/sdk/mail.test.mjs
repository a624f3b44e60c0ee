// Codes and magic links by e-mail, through the official SDKs; the page of a link in a real browser.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api } from "./api.mjs";
import { launchChromium } from "./chromium.mjs";
import { serverFaults } from "./http.mjs";
import { newUser } from "./people.mjs";
import { Post } from "./post.mjs";
import { browserSdk, serverSdk } from "./sdks.mjs";
import { assertNoStackTraceWasWritten, assertNothingSecretWasWritten } from "./secrecy.mjs";
import { Installation } from "./sluice.mjs";

const post = await new Post().open();
const installation = await new Installation().choosePorts();
after(async () => {
  await installation.end();
  await post.close();
});
await installation.up({ ...installation.settings, ...post.settings });
const api = new Api(installation);
const server = serverSdk(api);
const secrets = [];

const addressOf = (userId) => {
  const email = `${userId}@example.com`;
  secrets.push(email);
  return email;
};

test("given a new user, when they bind an address and sign in, then a code from a mail does either", async () => {
  const userId = newUser();
  const email = addressOf(userId);
  const { token } = await server.track({ userId, action: "enroll" });
  const enrolling = browserSdk(api, token);
  const { data: enrolment } = await enrolling.email.enroll({ email });
  assert.equal(enrolment.userId, userId);
  const { data: bound } = await enrolling.email.verify({ code: post.code(email) });
  assert.equal(bound.isVerified, true);
  assert.equal((await server.getUser({ userId })).emailVerified, true);

  const tracked = await server.track({ userId, action: "signIn" });
  const signingIn = browserSdk(api, tracked.token);
  const { data: challenged } = await signingIn.email.challenge();
  assert.ok(challenged.challengeId);
  const { data: refused } = await signingIn.email.verify({ code: "not it" });
  const { data: verified } = await signingIn.email.verify({ code: post.code(email) });

  assert.deepEqual(refused, { isVerified: false, failureReason: "CODE_INVALID_OR_EXPIRED" });
  assert.equal(verified.isVerified, true);
  const { isValid, verificationMethod } = await server.validateChallenge({ token: verified.token });
  assert.deepEqual({ isValid, verificationMethod }, { isValid: true, verificationMethod: "EMAIL_OTP" });
});

test("given a magic link, when its button is pressed in another browser, then the client that waits is told so", async () => {
  const userId = newUser();
  const email = addressOf(userId);
  const { token } = await server.track({ userId, action: "enroll" });
  const sdk = browserSdk(api, token);
  await sdk.emailML.enroll({ email });
  const waiting = sdk.emailML.checkVerificationStatus();
  const chrome = await launchChromium();
  try {
    const page = await chrome.newPage();
    const faults = [];
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    await page.goto(post.link(email));
    secrets.push(new URL(page.url()).searchParams.get("t"));
    assert.equal((await server.validateChallenge({ token })).isValid, false, "opening it confirms nothing");
    await page.getByRole("button").click();
    await page.getByRole("heading", { name: "Confirmed" }).waitFor();
    assert.deepEqual(faults, [], "nothing against the page's policy");
  } finally {
    await chrome.close();
  }

  const { data: verified } = await waiting;

  assert.equal(verified.isVerified, true);
  const { isValid, verificationMethod } = await server.validateChallenge({ token: verified.token ?? token });
  assert.deepEqual({ isValid, verificationMethod }, { isValid: true, verificationMethod: "EMAIL_MAGIC_LINK" });
});

test("given a visitor whom nobody knows, when the backend challenges their address, then the one who signs up claims it", async () => {
  const userId = newUser();
  const email = addressOf(userId);
  const started = await server.challenge({ verificationMethod: "EMAIL_OTP", email, action: "signUp" });
  const { challengeId } = started;
  assert.ok(started.expiresAt > Date.now() / 1000, "in seconds since the epoch");
  const known = await server.getChallenge({ challengeId });
  assert.deepEqual([known.email, known.action, known.expiresAt], [email, "signUp", started.expiresAt]);
  await assert.rejects(server.claimChallenge({ challengeId, userId }), { statusCode: 400 });

  const refused = await server.verify({ challengeId, verificationCode: "not it" });
  const verified = await server.verify({ challengeId, verificationCode: post.code(email) });
  const claimed = await server.claimChallenge({ challengeId, userId });

  assert.equal(refused.failureReason, "CODE_INVALID_OR_EXPIRED");
  assert.deepEqual(verified, { isVerified: true, email, verificationMethod: "EMAIL_OTP" });
  assert.equal(claimed.verificationMethod, "EMAIL_OTP");
  const { isValid, userId: whose, action } = await server.validateChallenge({ token: claimed.token });
  assert.deepEqual({ isValid, whose, action }, { isValid: true, whose: userId, action: "signUp" });
});

test("given all of that, when output is read, then it has no address, link or stack trace, and no answer was a fault", () => {
  assertNothingSecretWasWritten(installation, secrets);
  assertNoStackTraceWasWritten(installation);
  assert.deepEqual(serverFaults, []);
});
