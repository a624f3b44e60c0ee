// Sessions: through the official Node SDK, and as a gateway sees them that has nothing but the published keys.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, test } from "node:test";
import { createLocalJWKSet, createRemoteJWKSet, decodeProtectedHeader, exportSPKI, importJWK, jwtVerify } from "jose";
import { Api } from "./api.mjs";
import { altered, claimsOf, headerOf, unsigned } from "./contract/jwt.mjs";
import { call, refusal, serverFaults, success } from "./http.mjs";
import { AuthenticatorApp, newUser } from "./people.mjs";
import { serverSdk } from "./sdks.mjs";
import { assertNothingLiesInClear, assertNothingSecretWasWritten } from "./secrecy.mjs";
import { Installation } from "./sluice.mjs";

const clientId = "web";
const action = "signIn";

const installation = await new Installation().choosePorts();
after(() => installation.end());
await installation.up();
const api = new Api(installation);
const server = serverSdk(api);
const keysUrl = new URL("/.well-known/jwks.json", api.url);
const handedOut = [];

/** A user who has met a challenge with an app's code: the token that says so. */
const signedIn = async (userId = newUser()) => {
  await server.updateUser({
    userId,
    attributes: { email: "ada@shop.example", emailVerified: true, displayName: "Ada", custom: { plan: "gold" } },
  });
  const { token } = await server.track({ userId, action });
  const app = new AuthenticatorApp(success(await api.enroll(token)).secret);
  const verified = success(await api.verify(token, app.code()));
  return { userId, token: verified.accessToken };
};

const created = async (userId) => {
  const user = await signedIn(userId);
  const pair = await server.createSession({ clientId, token: user.token, action });
  handedOut.push(pair.accessToken, pair.refreshToken);
  return { ...user, ...pair };
};

const refused = (errorCode) => ({ statusCode: 401, errorCode });

test("given a met challenge, when the backend makes a session, then it validates with the user and how they were verified", async () => {
  const { userId, accessToken } = await created();

  const { user, expiresAt, verificationMethod } = await server.validateSession({ accessToken, clientIds: ["x", clientId] });

  assert.deepEqual(user, {
    userId,
    email: "ada@shop.example",
    emailVerified: true,
    displayName: "Ada",
    custom: { plan: "gold" },
  });
  assert.equal(verificationMethod, "AUTHENTICATOR_APP");
  assert.equal(expiresAt, claimsOf(accessToken).exp);
  assert.equal(expiresAt - claimsOf(accessToken).iat, 600);
});

test("given the published keys, when a gateway checks an access token with a library of its own, then it is good for its audience alone", async () => {
  const { userId, accessToken } = await created();
  const keys = createRemoteJWKSet(keysUrl);
  const expected = { issuer: api.url, audience: clientId, algorithms: ["RS256"], typ: "JWT" };

  const { payload } = await jwtVerify(accessToken, keys, expected);

  assert.deepEqual([payload.sub, payload.tenantId], [userId, api.tenantId]);
  assert.ok(payload.sid && payload.jti);
  await assert.rejects(jwtVerify(accessToken, keys, { ...expected, audience: "mobile" }));
});

test("given the published keys, when anybody reads them from a page, then they may, and no private part is there", async () => {
  const answer = await call(api.url, "GET", keysUrl.pathname, { headers: { Origin: "https://shop.example" } });

  const { keys } = success(answer);
  assert.equal(answer.headers["access-control-allow-origin"], "*");
  assert.match(answer.headers["cache-control"], /max-age=300/);
  for (const key of keys) assert.deepEqual(Object.keys(key).sort(), ["alg", "e", "kid", "kty", "n", "use"]);
});

test("given a session, when it is refreshed, then the new tokens are good, for the same session", async () => {
  const first = await created();

  const second = await server.refreshSession({ refreshToken: first.refreshToken });
  const third = await server.refreshSession({ refreshToken: second.refreshToken });
  handedOut.push(third.accessToken, third.refreshToken);

  assert.equal(claimsOf(third.accessToken).sid, claimsOf(first.accessToken).sid);
  for (const { accessToken } of [first, second, third]) {
    assert.equal((await server.validateSession({ accessToken })).user.userId, first.userId);
  }
});

test("given a refresh token that was used and whose successor was used, when it comes again, then both parties lose the session", async () => {
  const first = await created();
  const second = await server.refreshSession({ refreshToken: first.refreshToken });
  const third = await server.refreshSession({ refreshToken: second.refreshToken });

  await assert.rejects(server.refreshSession({ refreshToken: first.refreshToken }), refused("invalid_token"));

  await assert.rejects(server.refreshSession({ refreshToken: third.refreshToken }), refused("invalid_token"));
  await assert.rejects(server.validateSession({ accessToken: third.accessToken }), refused("invalid_token"));
});

test("given an answer that was lost, when the same refresh token comes again at once, several times, then the session goes on", async () => {
  const { refreshToken } = await created();

  const answers = await Promise.all([1, 2, 3].map(() => server.refreshSession({ refreshToken })));

  const next = await server.refreshSession({ refreshToken: answers[2].refreshToken });
  assert.ok((await server.validateSession({ accessToken: next.accessToken })).user);
});

test("given a call for a session that comes three times at once, when its pairs are looked at, then it is one session", async () => {
  const { token } = await signedIn();

  const pairs = await Promise.all([1, 2, 3].map(() => server.createSession({ clientId, token })));

  assert.equal(new Set(pairs.map(({ accessToken }) => claimsOf(accessToken).sid)).size, 1);
  for (const { refreshToken } of pairs) assert.ok((await server.refreshSession({ refreshToken })).accessToken);
});

test("given a session that was used or revoked, when its action is to make another, then there is none", async () => {
  const used = await created();
  await server.refreshSession({ refreshToken: used.refreshToken });
  const revoked = await created();
  await server.revokeSession({ accessToken: revoked.accessToken });

  for (const { token } of [used, revoked])
    await assert.rejects(server.createSession({ clientId, token }), refused("invalid_token"));
});

test("given a session, when it is revoked, then no token of it is good, and revoking it again is no fault", async () => {
  const { accessToken, refreshToken } = await created();

  await server.revokeSession({ accessToken });
  await server.revokeSession({ accessToken });

  await assert.rejects(server.validateSession({ accessToken }), refused("invalid_token"));
  await assert.rejects(server.refreshSession({ refreshToken }), refused("invalid_token"));
});

test("given a user's sessions, when all are revoked, or the user is deleted, then none is left", async () => {
  const userId = newUser();
  const first = await created(userId);
  const { token } = await server.track({ userId, action: "second" });
  await server.updateAction({
    userId,
    action: "second",
    idempotencyKey: claimsOf(token).other.idempotencyKey,
    attributes: { state: "ALLOW" },
  });
  const second = await server.createSession({ clientId: "mobile", token });
  assert.ok((await server.validateSession({ accessToken: second.accessToken })).user);

  await server.revokeUserSessions({ userId });
  for (const { accessToken } of [first, second])
    await assert.rejects(server.validateSession({ accessToken }), refused("invalid_token"));

  const deleted = await created();
  await server.deleteUser({ userId: deleted.userId });
  await assert.rejects(server.validateSession({ accessToken: deleted.accessToken }), refused("invalid_token"));
  await assert.rejects(server.createSession({ clientId, token: deleted.token }), refused("invalid_token"));
});

test("given an action that has not succeeded, or another one, when a session is wanted, then it is refused", async () => {
  const { token } = await server.track({ userId: newUser(), action });
  const met = await signedIn();

  await assert.rejects(server.createSession({ clientId, token, action }), refused("invalid_token"));
  await assert.rejects(server.createSession({ clientId, token: met.token, action: "pay" }), refused("invalid_token"));
  await assert.rejects(server.createSession({ clientId, token: `${met.token}x` }), refused("invalid_token"));
});

test("given a session of one client, when it is asked for another's, or for none, then it is refused", async () => {
  const { accessToken } = await created();

  for (const clientIds of [["mobile"], []])
    await assert.rejects(server.validateSession({ accessToken, clientIds }), refused("invalid_token"));
});

// E4
test("given false access tokens, when validated or revoked, then each is refused and the session lives", async () => {
  const { accessToken, refreshToken, token } = await created();
  const { keys } = success(await call(api.url, "GET", keysUrl.pathname));
  const [header, claims] = accessToken.split(".");
  const key = keys.find(({ kid }) => kid === headerOf(accessToken).kid);
  const pem = await exportSPKI(await importJWK(key, "RS256"));
  const hmac = (signed) => `${signed}.${createHmac("sha256", pem).update(signed).digest("base64url")}`;
  const confused = Buffer.from(JSON.stringify({ ...headerOf(accessToken), alg: "HS256" })).toString("base64url");
  const falseTokens = [
    unsigned(accessToken, "none"),
    altered(accessToken, { sub: newUser() }),
    altered(accessToken, { exp: claimsOf(accessToken).exp + 3600 }),
    hmac(`${confused}.${claims}`),
    `${header}.${claims}.`,
    token,
    refreshToken,
    "no-token",
  ];

  for (const falseToken of falseTokens) {
    refusal(await api.backend("POST", "/sessions/validate", { accessToken: falseToken }), 401, "invalid_token");
    refusal(await api.backend("POST", "/sessions/revoke", { accessToken: falseToken }), 401, "invalid_token");
  }
  for (const falseToken of [accessToken, token, refreshToken.slice(1), `A${refreshToken}`])
    refusal(await api.backend("POST", "/sessions/refresh", { refreshToken: falseToken }), 401, "invalid_token");
  assert.ok((await server.validateSession({ accessToken })).user, "the session lives");
});

// E2
test("given a session's access token, when it comes as a client's token or a backend's key, then it opens nothing", async () => {
  const { accessToken } = await created();

  refusal(await api.enroll(accessToken), 401, "invalid_token");
  assert.equal(success(await api.validate({ token: accessToken })).isValid, false);
  refusal(
    await api.send("POST", "/sessions/validate", `Bearer ${accessToken}`, { accessToken }),
    401,
    "unauthorized",
  );
});

test("given a key that is rotated, when the keys are read again, then the new one is there before it signs, and old tokens stay good", async () => {
  const { accessToken } = await created();
  const before = success(await call(api.url, "GET", keysUrl.pathname)).keys.length;

  const rotation = installation.start("rotate-session-key", {
    ...installation.settings,
    SLUICE_BOOTSTRAP_SERVERS: `127.0.0.1:${installation.kafkaPort}`,
  });
  const { code } = await rotation.exited;

  assert.equal(code, 0, rotation.output);
  const [, keyId] = /Session key (\S+) is published now/.exec(rotation.stdout);
  const published = success(await call(api.url, "GET", keysUrl.pathname));
  assert.equal(published.keys.length, before + 1);
  assert.ok(published.keys.some(({ kid }) => kid === keyId));
  const later = await created();
  assert.notEqual(decodeProtectedHeader(later.accessToken).kid, keyId, "it does not sign yet");
  for (const each of [accessToken, later.accessToken]) await jwtVerify(each, createLocalJWKSet(published));
});

test("given all of that, when output and data are searched, then no token lies in clear and no answer was a fault", () => {
  assertNothingSecretWasWritten(installation, handedOut);
  assertNothingLiesInClear(installation.dataDirectory, handedOut, []);
  assert.deepEqual(serverFaults, []);
});
