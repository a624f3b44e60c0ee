// Passkeys, through the official browser SDK in a real browser with the authenticator that it simulates.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api, basic, bearer } from "./api.mjs";
import { call, refusal, serverFaults, success } from "./http.mjs";
import { Site, Visitors } from "./passkeys.mjs";
import { AuthenticatorApp, challenge, newUser } from "./people.mjs";
import { serverSdk } from "./sdks.mjs";
import { assertNothingSecretWasWritten, assertNoStackTraceWasWritten } from "./secrecy.mjs";
import { Installation } from "./sluice.mjs";

const paths = "/client/user-authenticators/passkey";
const installation = await new Installation().choosePorts();
const shop = await new Site().choosePort();
const stranger = await new Site().choosePort();
const visitors = await new Visitors().open();
after(async () => {
  await visitors.close();
  for (const site of [shop, stranger]) site.close();
  await installation.end();
});
await Promise.all([shop.open(), stranger.open()]);
await installation.up({ ...installation.settings, SLUICE_PASSKEY_ORIGINS: shop.origin });
const api = new Api(installation);
const backend = serverSdk(api);

/** A user who has just bound a passkey on the shop's site. */
const withPasskey = async (userId = newUser(), attributes = {}) => {
  const ada = await visitors.visitor(api, shop);
  const { token } = await challenge(api, userId, "enroll", attributes);
  const { data, error } = await ada.signUp({ token });
  assert.ok(data?.token, error);
  return { ada, userId, enrolment: data };
};

const assertSucceeded = async (token, userId, action) => {
  const validated = await backend.validateChallenge({ token, userId, action });
  assert.equal(validated.isValid, true, JSON.stringify(validated));
  assert.equal(validated.state, "CHALLENGE_SUCCEEDED");
  assert.equal(validated.verificationMethod, "PASSKEY");
  assert.equal(validated.userId, userId);
};

/** Another letter in the middle: the first and the last ones have bits that say nothing. */
const altered = (text) => text.slice(0, 40) + (text[40] === "A" ? "B" : "A") + text.slice(41);

const verifyAgain = (authorization, sent) => api.send("POST", "/client/verify/passkey", authorization, sent);

test("given a new user, when they sign up with a passkey, then it is theirs and the backend sees it", async () => {
  const { ada, userId, enrolment } = await withPasskey(newUser(), { username: "ada@shop" });

  await assertSucceeded(enrolment.token, userId, "enroll");
  const [credential] = await ada.credentials();
  assert.equal(credential.rpId, "localhost");
  assert.equal(credential.userName, "ada@shop");
  assert.equal(Buffer.from(credential.userHandle, "base64").toString(), userId);
  const [listed, ...others] = await backend.getAuthenticators({ userId });
  assert.deepEqual(others, []);
  assert.equal(listed.verificationMethod, "PASSKEY");
  const { verifiedAt, name, parsedUserAgent, ...webauthnCredential } = listed.webauthnCredential;
  assert.equal(verifiedAt, listed.verifiedAt);
  assert.match(parsedUserAgent.ua, /Chrome/);
  assert.equal(name, `${parsedUserAgent.browser.name} on ${parsedUserAgent.os.name}`);
  assert.deepEqual(webauthnCredential, {
    credentialId: enrolment.registrationResponse.id,
    aaguid: "01020304-0506-0708-0102-030405060708",
    credentialBackedUp: false,
    credentialDeviceType: "singleDevice",
    authenticatorAttachment: "platform",
  });
  assert.deepEqual(enrolment.userAuthenticator.webauthnCredential, listed.webauthnCredential);
});

test("given a passkey, when the SDK asks whether it is available, then it is on its device until it is removed", async () => {
  const { ada, userId, enrolment } = await withPasskey();
  const { userAuthenticatorId } = enrolment.userAuthenticator;
  await ada.signIn({ token: (await challenge(api, userId)).token });
  const bob = await visitors.visitor(api, shop);

  assert.equal(await ada.passkey("isAvailableOnDevice", { userId }), true);
  assert.equal(await bob.passkey("isAvailableOnDevice", { userId }), false);
  const asked = await api.send("GET", `${paths}?credentialIds=AAAA,${enrolment.registrationResponse.id}`, basic(api.tenantId));
  assert.deepEqual(success(asked), {}, "nothing of whose it is");
  const [{ webauthnCredential }] = await backend.getAuthenticators({ userId });
  assert.equal(webauthnCredential.deviceId, ada.sent["/v1/client/verify/passkey"].deviceId);

  await backend.deleteAuthenticator({ userId, userAuthenticatorId });

  assert.equal(await ada.passkey("isAvailableOnDevice", { userId }), false);
});

test("given a passkey, when its user signs in with a token, then the challenge succeeds", async () => {
  const { ada, userId, enrolment } = await withPasskey();
  const { token } = await challenge(api, userId);

  const { data } = await ada.signIn({ token });

  assert.equal(data.isVerified, true);
  assert.equal(data.userId, userId);
  assert.equal(data.userAuthenticatorId, enrolment.userAuthenticator.userAuthenticatorId);
  await assertSucceeded(data.token, userId, "signIn");
});

test("given a passkey, when somebody signs in with nothing else, then it tells who they are", async () => {
  const { ada, userId } = await withPasskey(newUser(), { username: "ada@shop" });

  const { data } = await ada.signIn({ action: "signInWithPasskey" });

  assert.equal(data.isVerified, true);
  assert.equal(data.userId, userId);
  assert.equal(data.username, "ada@shop");
  await assertSucceeded(data.token, userId, "signInWithPasskey");
});

test("given a passkey, when the browser fills it in, then its user is signed in", async () => {
  const { ada, userId } = await withPasskey();

  const { data, thrown } = await ada.signIn({ action: "signInWithPasskey", autofill: true });

  assert.equal(data?.isVerified, true, JSON.stringify(thrown));
  await assertSucceeded(data.token, userId, "signInWithPasskey");
});

test("given an SDK that sends cookies, when its user signs up and in, then the browser lets it read the answers", async () => {
  const userId = newUser();
  const ada = await visitors.visitor(api, shop);
  const { token } = await challenge(api, userId, "enroll");

  const { data: signedUp } = await ada.signUp({ token, useCookies: true });
  const { data: signedIn } = await ada.signIn({ action: "signInWithPasskey", useCookies: true });
  const { data: answered } = await ada.signIn({ token: (await challenge(api, userId)).token, useCookies: true });

  assert.ok(signedUp.token);
  assert.equal(signedIn.isVerified, true);
  assert.equal(answered.isVerified, true);
});

/** S1, P5. */
test("given an answer that was accepted, when it is sent again, then it does not count, with a token or without", async () => {
  const { ada, userId } = await withPasskey();
  const { token } = await challenge(api, userId);
  await ada.signIn({ token });
  const withToken = ada.sent["/v1/client/verify/passkey"];
  await ada.signIn({ action: "signInWithPasskey" });
  const without = ada.sent["/v1/client/verify/passkey"];

  const refused = [
    success(await verifyAgain(bearer(token), withToken)),
    success(await verifyAgain(basic(api.tenantId), withToken)),
    success(await verifyAgain(basic(api.tenantId), without)),
    success(await verifyAgain(bearer((await challenge(api, userId)).token), withToken)),
  ];

  for (const answer of refused)
    assert.deepEqual(answer, { isVerified: false, failureReason: "CODE_INVALID_OR_EXPIRED" });
});

test("given a site that is not the tenant's, when its visitors use their passkeys there, then nothing counts", async () => {
  const { ada, userId } = await withPasskey();
  await ada.goTo(stranger);

  const signedIn = await ada.signIn({ token: (await challenge(api, userId)).token });
  const bob = await visitors.visitor(api, stranger);
  const { token } = await challenge(api, newUser(), "enroll");
  const signedUp = await bob.signUp({ token });

  assert.equal(signedIn.data.isVerified, false);
  assert.equal(signedIn.data.token, undefined);
  assert.equal(signedUp.data.token, undefined);
  assert.equal(success(await api.validate({ token })).state, "CHALLENGE_REQUIRED");
});

test("given a passkey of one user, when it answers another's challenge, then it does not count", async () => {
  const { ada } = await withPasskey();
  const { userId: bob } = await withPasskey();
  const { token } = await challenge(api, bob);
  await ada.signIn({ action: "signInWithPasskey" });
  const own = ada.sent["/v1/client/verify/passkey"];
  const { challengeId } = success(await api.send("POST", `${paths}/authentication-options`, bearer(token), {}));

  const answers = [
    success(await verifyAgain(bearer(token), own)),
    success(await verifyAgain(bearer(token), { ...own, challengeId })),
  ];

  for (const { isVerified } of answers) assert.equal(isVerified, false);
  assert.equal(success(await api.validate({ token })).state, "CHALLENGE_REQUIRED");
});

test("given somebody whom the authenticator does not know, when they sign in, then the browser has nothing to send", async () => {
  const { ada } = await withPasskey();
  await ada.verifiesUser(false);

  const { thrown } = await ada.signIn({ action: "signInWithPasskey" });

  assert.equal(thrown.name, "NotAllowedError");
});

test("given a bound passkey, when another is made on the same device, then the browser refuses it", async () => {
  const { ada, userId } = await withPasskey();
  const { token } = await challenge(api, userId, "enroll", { scope: "add:authenticators" });

  const { thrown } = await ada.signUp({ token });

  assert.equal(thrown.code, "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED");
});

/** S18. */
test("given an enrolled user, when a passkey is to be bound without the scope, then the SDK gets the reason", async () => {
  const { ada, userId } = await withPasskey();
  const { token } = await challenge(api, userId, "enroll");

  const { errorCode, error } = await ada.signUp({ token });

  assert.equal(errorCode, "unauthorized");
  assert.match(error, /add:authenticators/);
});

test("given a user of an authenticator app, when they add a passkey, then either meets a challenge", async () => {
  const userId = newUser();
  const { token } = await challenge(api, userId, "enroll");
  const { secret } = success(await api.enroll(token));
  const app = new AuthenticatorApp(secret);
  success(await api.verify(token, await app.previousCode()));
  const ada = await visitors.visitor(api, shop);

  const { data } = await ada.signUp({ token }); // with the token of the challenge that was just met

  assert.ok(data.token);
  const { isVerified } = success(await api.verify((await challenge(api, userId)).token, app.code()));
  assert.equal(isVerified, true);
  assert.equal((await ada.signIn({ token: (await challenge(api, userId)).token })).data.isVerified, true);
});

test("given a removed passkey, when it answers, then it does not count", async () => {
  const { ada, userId, enrolment } = await withPasskey();
  const { userAuthenticatorId } = enrolment.userAuthenticator;
  const { token } = await challenge(api, userId);
  await backend.deleteAuthenticator({ userId, userAuthenticatorId });

  assert.equal((await ada.signIn({ token })).data.isVerified, false);
  assert.equal((await ada.signIn({ action: "signInWithPasskey" })).data.isVerified, false);
});

test("given clients of two SDKs, when they name the tenant, then both forms do, and no other tenant's", async () => {
  const forms = [basic(api.tenantId), `Basic ${Buffer.from(encodeURIComponent(api.tenantId)).toString("base64")}`];
  const challenges = "/client/challenge";

  for (const form of forms) {
    const { challengeId } = success(await api.send("POST", challenges, form, { action: "signIn" }));
    const given = success(await api.send("POST", `${paths}/authentication-options`, form, { challengeId }));
    assert.equal(given.challengeId, challengeId);
    assert.deepEqual(Object.keys(given.options).sort(), [
      "allowCredentials",
      "challenge",
      "rpId",
      "timeout",
      "userVerification",
    ]);
  }
  refusal(await api.send("POST", challenges, basic("nobody"), { action: "signIn" }), 401, "unauthorized");
  refusal(await api.send("POST", challenges, basic(api.apiSecret), { action: "signIn" }), 401, "unauthorized");
  refusal(await api.send("POST", challenges, undefined, { action: "signIn" }), 401, "unauthorized");
});

test("given calls that can't be understood, when they come, then each is refused with what was expected", async () => {
  const tenant = basic(api.tenantId);
  const { challengeId } = success(await api.send("POST", "/client/challenge", tenant, { action: "signIn" }));
  const { token } = await challenge(api, newUser(), "enroll");
  const { token: long } = await challenge(api, "u".repeat(65), "enroll");
  const calls = [
    ["/client/challenge", tenant, {}, /^action: /],
    ["/client/challenge", tenant, { action: "sign in" }, /^action: /],
    [`${paths}/authentication-options`, tenant, {}, /^challengeId: .*POST \/v1\/client\/challenge/],
    [`${paths}/authentication-options`, tenant, { challengeId: altered(challengeId) }, /^challengeId: /],
    [`${paths}/registration-options`, bearer(token), { authenticatorAttachment: "moon" }, /^authenticatorAttachment: /],
    [`${paths}/registration-options`, bearer(long), {}, /64 bytes/],
    [paths, bearer(token), { challengeId: "any" }, /^registrationCredential: /],
    ["/client/verify/passkey", tenant, { challengeId }, /^authenticationCredential: /],
    ["/client/verify/passkey", tenant, { challengeId, authenticationCredential: {} }, /userHandle: /],
    ["/client/verify/passkey", tenant, { authenticationCredential: {} }, /^challengeId: /],
  ];

  for (const [path, authorization, body, description] of calls)
    assert.match(
      refusal(await api.send("POST", path, authorization, body), 400, "invalid_request").errorDescription,
      description,
    );
});

/** Whoever has no token can't use up somebody's attempts, nor leave actions of theirs behind. */
test("given a user's id, when strangers sign in with passkeys that the user does not have, then the user is left alone", async () => {
  const { ada, userId } = await withPasskey();
  const tenant = basic(api.tenantId);
  const { challengeId } = success(await api.send("POST", "/client/challenge", tenant, { action: "signIn" }));
  const forged = {
    id: "AAAA",
    rawId: "AAAA",
    type: "public-key",
    clientExtensionResults: {},
    response: { clientDataJSON: "e30", authenticatorData: "AAAA", signature: "AAAA" },
  };
  forged.response.userHandle = Buffer.from(userId).toString("base64url");

  for (let i = 0; i < 12; i++) {
    const { isVerified } = success(await verifyAgain(tenant, { challengeId, authenticationCredential: forged }));
    assert.equal(isVerified, false);
  }

  assert.equal(success(await api.actions(userId, "?codes=signIn")).length, 0);
  assert.equal((await ada.signIn({ action: "signInWithPasskey" })).data.isVerified, true);
});

test("given a user's attempts used up, when their passkey answers, then the SDK hears that it was too often", async () => {
  const { ada, userId } = await withPasskey();
  const { token } = await challenge(api, userId);
  for (let i = 0; i < 9; i++) await api.verify((await challenge(api, userId)).token, "000000");

  assert.equal((await ada.signIn({ token })).errorCode, "too_many_requests");
});

test("given scripts of any site, when they ask what they may, then cookies are for the tenant's sites alone", async () => {
  const allowed = async (origin) => {
    const { headers } = await call(api.url, "OPTIONS", "/v1/client/challenge/web", { headers: { Origin: origin } });
    assert.equal(headers.vary, "Origin");
    return [headers["access-control-allow-origin"], headers["access-control-allow-credentials"]];
  };

  assert.deepEqual(await allowed(shop.origin), [shop.origin, "true"]);
  assert.deepEqual(await allowed(stranger.origin), ["*", undefined]);
});

test("given all of this, when what the processes wrote is read, then there is no secret, no fault and no trace", () => {
  assertNothingSecretWasWritten(installation);
  assertNoStackTraceWasWritten(installation);
  assert.deepEqual(serverFaults, []);
});
