// The exact JSON of every answer of tier 1.
import assert from "node:assert/strict";
import { test } from "node:test";
import { call, success } from "../http.mjs";
import { AuthenticatorApp, challenge, enrolledUser, newUser } from "../people.mjs";
import { claimsOf } from "./jwt.mjs";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Checks names and values: a value is equal, or of the form, or passes the predicate; no other name is there. */
const assertShape = (value, shape) => {
  assert.deepEqual(Object.keys(value).sort(), Object.keys(shape).sort());
  for (const [name, expected] of Object.entries(shape)) {
    if (expected instanceof RegExp) assert.match(value[name], expected, name);
    else if (typeof expected === "function") assert.ok(expected(value[name]), `${name}: ${value[name]}`);
    else assert.deepEqual(value[name], expected, name);
  }
};

/** Some SDKs read the one, some the other. */
const sameAction = (code) => ({ action: code, actionCode: code });

export const answers = (api) => {
  test("given a new user, when an action is tracked, then the answer has the contract's fields and no others", async () => {
    const userId = newUser();

    const tracked = success(await api.track(userId, "signIn"));

    assertShape(tracked, {
      idempotencyKey: uuid,
      state: "CHALLENGE_REQUIRED",
      url: (url) => new URL(url).origin === api.url && url.includes("?"),
      token: (token) => token.split(".").length === 3,
      isEnrolled: false,
      enrolledVerificationMethods: [],
      allowedVerificationMethods: ["AUTHENTICATOR_APP", "PASSKEY", "RECOVERY_CODE"],
      ruleIds: [],
    });
  });

  test("given an enrolled user, when an action is tracked, then their method is named", async () => {
    const { userId } = await enrolledUser(api);

    const tracked = success(await api.track(userId, "signIn", { idempotencyKey: "their own key" }));

    const { isEnrolled, enrolledVerificationMethods, idempotencyKey } = tracked;
    assert.deepEqual(
      { isEnrolled, enrolledVerificationMethods, idempotencyKey },
      { isEnrolled: true, enrolledVerificationMethods: ["AUTHENTICATOR_APP"], idempotencyKey: "their own key" },
    );
  });

  test("given no body at all, when an action is tracked, then it is as if an empty object had come", async () => {
    assert.equal(success(await api.backend("POST", `/users/${newUser()}/actions/signIn`)).state, "CHALLENGE_REQUIRED");
  });

  test("given a token, when it is read, then it bears the claims that clients read and lives for ten minutes", async () => {
    const userId = newUser();
    const { token, idempotencyKey } = success(
      await api.track(userId, "signIn", { scope: "add:authenticators read:authenticators", username: "ada" }),
    );

    const claims = claimsOf(token);

    assert.equal(claims.sub, userId);
    assert.equal(claims.exp - claims.iat, 600);
    assert.deepEqual(claims.scope.split(" ").sort(), ["add:authenticators", "read:authenticators"]);
    const { tenantId, publishableKey } = { tenantId: api.tenantId, publishableKey: api.tenantId };
    assert.deepEqual(claims.other, {
      tenantId,
      publishableKey,
      userId,
      actionCode: "signIn",
      idempotencyKey,
      username: "ada",
    });
  });

  test("given a fresh challenge, when it is validated, then its state is told and no method, since none was used", async () => {
    const userId = newUser();
    const { token, idempotencyKey } = await challenge(api, userId);

    const validated = success(await api.validate({ token, action: "signIn", userId }));

    assertShape(validated, {
      isValid: false,
      state: "CHALLENGE_REQUIRED",
      stateUpdatedAt: time,
      userId,
      ...sameAction("signIn"),
      idempotencyKey,
    });
  });

  test("given a challenge that was met, when it is validated, then the method is told", async () => {
    const { userId, app } = await enrolledUser(api);
    const { token, idempotencyKey } = await challenge(api, userId);
    const { accessToken } = success(await api.verify(token, app.code()));

    const validated = success(await api.validate({ token: accessToken }));

    assertShape(validated, {
      isValid: true,
      state: "CHALLENGE_SUCCEEDED",
      stateUpdatedAt: time,
      userId,
      ...sameAction("signIn"),
      idempotencyKey,
      verificationMethod: "AUTHENTICATOR_APP",
    });
  });

  test("given a new user, when they enrol, then the secret is shown once, with what an authenticator app needs", async () => {
    const userId = newUser();
    const { token } = success(await api.track(userId, "enroll"));

    const enrolment = success(await api.enroll(token));

    assertShape(enrolment, { userAuthenticatorId: uuid, userId, uri: /^otpauth:\/\/totp\//, secret: /^[A-Z2-7]{32}$/ });
    const uri = new URL(enrolment.uri);
    assert.equal(uri.searchParams.get("secret"), enrolment.secret);
    assert.ok(decodeURIComponent(uri.pathname).endsWith(userId), "the app shows whose account it is");
  });

  test("given an enrolment, when a wrong code comes, then only the reason is told; when the right one, then the authenticator", async () => {
    const userId = newUser();
    const { token } = success(await api.track(userId, "enroll"));
    const { secret, userAuthenticatorId } = success(await api.enroll(token));
    const app = new AuthenticatorApp(secret);

    const wrong = success(await api.verify(token, app.wrongCode()));
    const right = success(await api.verify(token, app.code()));

    assertShape(wrong, { isVerified: false, failureReason: "CODE_INVALID_OR_EXPIRED" });
    assertShape(right, {
      isVerified: true,
      accessToken: /^[\w-]+\.[\w-]+\.[\w-]+$/,
      userAuthenticator: (it) => it !== undefined,
    });
    assertShape(right.userAuthenticator, {
      userAuthenticatorId,
      verificationMethod: "AUTHENTICATOR_APP",
      createdAt: time,
      verifiedAt: time,
      lastVerifiedAt: time,
      isDefault: true,
    });
  });

  test("given a sign-in, when the code is right, then a new token is told and no authenticator, since none was enrolled", async () => {
    const { userId, app } = await enrolledUser(api);
    const { token } = await challenge(api, userId);

    const verified = success(await api.verify(token, app.code()));

    assertShape(verified, { isVerified: true, accessToken: (it) => it !== token });
    assert.equal(claimsOf(verified.accessToken).other.idempotencyKey, claimsOf(token).other.idempotencyKey);
  });

  test("given a user nobody has heard of, when the backend asks for them, then they are simply not enrolled", async () => {
    const userId = newUser();

    assertShape(success(await api.user(userId)), {
      isEnrolled: false,
      emailVerified: false,
      phoneNumberVerified: false,
      custom: {},
      enrolledVerificationMethods: [],
      allowedVerificationMethods: ["AUTHENTICATOR_APP", "PASSKEY", "RECOVERY_CODE"],
    });
    assert.deepEqual(success(await api.authenticators(userId)), []);
    assert.deepEqual(success(await api.actions(userId)), []);
  });

  test("given attributes in a track call, when the backend asks for the user, then the profile has them as given", async () => {
    const userId = newUser();
    success(
      await api.track(userId, "signIn", { email: "ada@example.com", phoneNumber: "1234567890", username: "ada" }),
    );

    const user = success(await api.user(userId));

    assert.deepEqual([user.email, user.phoneNumber, user.username], ["ada@example.com", "1234567890", "ada"]);
    assert.deepEqual([user.emailVerified, user.phoneNumberVerified], [false, false]);
  });

  test("given an enrolled user, when the backend asks for their authenticators, then it is told whose they are and no secret", async () => {
    const { userId, userAuthenticatorId, secret } = await enrolledUser(api);

    const answer = await api.authenticators(userId);

    const [authenticator, ...others] = success(answer);
    assertShape(authenticator, {
      userId,
      userAuthenticatorId,
      verificationMethod: "AUTHENTICATOR_APP",
      createdAt: time,
      verifiedAt: time,
      lastVerifiedAt: time,
      isDefault: true,
    });
    assert.deepEqual(others, []);
    assert.ok(!answer.text.includes(secret));
  });

  test("given an action, when the backend asks for it, then state, times and the decision's explanation are told", async () => {
    const { userId, app, userAuthenticatorId } = await enrolledUser(api);
    const { token, idempotencyKey } = await challenge(api, userId);
    const fresh = success(await api.action(userId, "signIn", idempotencyKey));
    success(await api.verify(token, app.code()));

    const met = success(await api.action(userId, "signIn", idempotencyKey));
    const [newest, older] = success(await api.actions(userId));

    const isObject = (it) => it !== null && typeof it === "object" && !Array.isArray(it);
    assertShape(fresh, {
      state: "CHALLENGE_REQUIRED",
      stateUpdatedAt: time,
      createdAt: time,
      rules: [],
      output: isObject,
    });
    assertShape(met, {
      state: "CHALLENGE_SUCCEEDED",
      stateUpdatedAt: time,
      createdAt: fresh.createdAt,
      verificationMethod: "AUTHENTICATOR_APP",
      rules: [],
      output: isObject,
    });
    assertShape(newest, {
      actionCode: "signIn",
      idempotencyKey,
      createdAt: met.createdAt,
      updatedAt: met.stateUpdatedAt,
      state: "CHALLENGE_SUCCEEDED",
      stateUpdatedAt: met.stateUpdatedAt,
      verificationMethod: "AUTHENTICATOR_APP",
      verifiedByAuthenticatorId: userAuthenticatorId,
    });
    assert.equal(older.actionCode, "enroll");
  });

  test("given one idempotency key, when it comes with two action codes or two users, then those are actions of their own", async () => {
    const [userId, other] = [newUser(), newUser()];
    const sameKey = { idempotencyKey: "order-1" };
    const [pay, refund, others] = [
      await api.track(userId, "pay", sameKey),
      await api.track(userId, "refund", sameKey),
      await api.track(other, "pay", sameKey),
    ].map(success);

    const validated = await Promise.all([pay, refund, others].map(({ token }) => api.validate({ token })));

    assert.deepEqual(
      validated.map((each) => success(each)).map((each) => [each.userId, each.action]),
      [
        [userId, "pay"],
        [userId, "refund"],
        [other, "pay"],
      ],
    );
    assert.equal(success(await api.actions(userId)).length, 2);
  });

  test("given several actions, when the backend asks for some of them, then codes, state and date choose", async () => {
    const { userId } = await enrolledUser(api);
    await challenge(api, userId, "pay");
    await challenge(api, userId, "signIn");
    const codes = async (query) => success(await api.actions(userId, query)).map((each) => each.actionCode);

    assert.deepEqual(await codes(""), ["signIn", "pay", "enroll"], "newest first");
    assert.deepEqual(await codes("?codes=pay,enroll"), ["pay", "enroll"]);
    assert.deepEqual(await codes("?state=CHALLENGE_SUCCEEDED"), ["enroll"]);
    assert.deepEqual(await codes(`?fromDate=${new Date(Date.now() + 60_000).toISOString()}`), []);
  });

  test("given a sound process, when its health is asked for, then it is live and ready, without any credential", async () => {
    assert.equal(success(await call(api.url, "GET", "/health/live")).status, "live");
    assert.equal(success(await call(api.url, "GET", "/health/ready")).status, "ready");
    assert.match((await call(api.url, "GET", "/metrics")).text, /^jvm_memory_used_bytes/m);
  });
};
