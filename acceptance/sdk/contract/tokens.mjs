// What a token opens, and what one that is not Sluice's own does not.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { bearer } from "../api.mjs";
import { refusal, success } from "../http.mjs";
import { AuthenticatorApp, challenge, enrolledUser, newUser } from "../people.mjs";
import { altered, claimsOf, forged, headerOf, unsigned } from "./jwt.mjs";

/** Every false token that could be made of a good one. */
const falseTokens = (token) => {
  const [header, claims, signature] = token.split(".");
  const { kid } = headerOf(token);
  const otherKey = randomBytes(32);
  const flipped = (signature[0] === "A" ? "B" : "A") + signature.slice(1);
  return {
    "alg none": unsigned(token, "none"),
    "alg nOnE": unsigned(token, "nOnE"),
    "alg none with the old signature": unsigned(token, "none") + signature,
    "no signature": `${header}.${claims}.`,
    "no signature part": `${header}.${claims}`,
    "another signature": `${header}.${claims}.${flipped}`,
    "another user": altered(token, { sub: newUser() }),
    "a longer life": altered(token, { exp: claimsOf(token).exp + 3600 }),
    "more scopes": altered(token, { scope: "add:authenticators" }),
    "a foreign key": forged(headerOf(token), claimsOf(token), otherKey),
    "a foreign key and its id": forged({ ...headerOf(token), kid: "their-own" }, claimsOf(token), otherKey),
    "no key id": forged({ alg: "HS256" }, claimsOf(token), otherKey),
    "a key id that is a path": forged({ alg: "HS256", kid: "../../dev/null" }, claimsOf(token), Buffer.alloc(1)),
    "an empty key": forged({ alg: "HS256", kid }, claimsOf(token), Buffer.alloc(32)),
    "its key in the header": forged(
      { alg: "HS256", kid, jwk: { kty: "oct", k: otherKey.toString("base64url") } },
      claimsOf(token),
      otherKey,
    ),
    "alg RS256": forged({ alg: "RS256", kid }, claimsOf(token), otherKey),
    "alg HS512": forged({ alg: "HS512", kid }, claimsOf(token), otherKey),
    "no JWT": "no-token",
    "only dots": "..",
    "five parts": `${token}.a.b`,
    "very long": "A".repeat(5000),
  };
};

export const tokens = (api) => {
  test("given a false token, when a client uses it, then it is refused as invalid and nothing happens", async () => {
    const { userId } = await enrolledUser(api);
    const { token, idempotencyKey } = await challenge(api, userId);

    for (const [why, falseToken] of Object.entries(falseTokens(token))) {
      const told = refusal(
        await api.send("POST", "/client/user-authenticators/totp", bearer(falseToken), {}),
        401,
        "invalid_token",
      );
      assert.ok(!told.errorDescription.includes(userId), why);
      refusal(await api.verify(falseToken, "123456"), 401, "invalid_token");
    }
    refusal(await api.verify("", "123456"), 401, "unauthorized");
    assert.equal(success(await api.action(userId, "signIn", idempotencyKey)).state, "CHALLENGE_REQUIRED");
  });

  test("given a false token, when the backend validates it, then it is not valid, the reason is told, and no state", async () => {
    const { enrolmentToken } = await enrolledUser(api);

    for (const [why, falseToken] of Object.entries(falseTokens(enrolmentToken))) {
      const validated = success(await api.validate({ token: falseToken }));
      assert.deepEqual(Object.keys(validated).sort(), ["error", "isValid"], why);
      assert.equal(validated.isValid, false, why);
      assert.equal(typeof validated.error, "string", why);
    }
  });

  test("given a token of another user or action, when the backend validates it for this one, then no state is revealed", async () => {
    const { userId, enrolmentToken: token } = await enrolledUser(api);
    assert.equal(success(await api.validate({ token, action: "enroll", userId })).isValid, true);
    const mismatches = [
      { token, action: "signIn" },
      { token, userId: newUser() },
      { token, action: "enroll", userId: newUser() },
      { token, action: "ENROLL", userId },
      { token, action: "", userId },
      { token, action: "enroll", userId: "" },
    ];

    for (const mismatch of mismatches) {
      const validated = success(await api.validate(mismatch));
      assert.deepEqual(Object.keys(validated).sort(), ["error", "isValid"], JSON.stringify({ ...mismatch, token: "" }));
      assert.equal(validated.isValid, false);
    }
  });

  test("given a token of another installation's tenant, when it is used here, then it is no good", async () => {
    const claims = {
      sub: newUser(),
      aud: "tenant-elsewhere",
      exp: Math.floor(Date.now() / 1000) + 600,
      iat: 0,
      nbf: 0,
      scope: "",
      other: { actionCode: "signIn", idempotencyKey: "k" },
    };
    const foreign = forged({ alg: "HS256", kid: "elsewhere" }, claims, randomBytes(32));

    refusal(await api.enroll(foreign), 401, "invalid_token");
    assert.equal(success(await api.validate({ token: foreign })).isValid, false);
  });

  test("given an enrolled user with a challenge's token, when they enrol another authenticator, then it is refused", async () => {
    const { userId, app } = await enrolledUser(api);
    const { token } = await challenge(api, userId);

    refusal(await api.enroll(token), 401, "unauthorized");

    const others = await api.track(userId, "signIn", {
      scope: "read:authenticators update:authenticators remove:authenticators admin",
    });
    refusal(await api.enroll(success(others).token), 401, "unauthorized");
    assert.equal(success(await api.authenticators(userId)).length, 1);
    assert.equal(success(await api.verify(token, app.code())).isVerified, true, "the challenge goes on");
  });

  test("given an enrolled user with the scope to add, when they enrol another authenticator, then either one's code counts", async () => {
    const { userId, app } = await enrolledUser(api);
    const { token } = success(await api.track(userId, "manage", { scope: "add:authenticators" }));
    const second = new AuthenticatorApp(success(await api.enroll(token)).secret);
    assert.equal(success(await api.verify(token, await second.previousCode())).isVerified, true);
    assert.equal(success(await api.authenticators(userId)).length, 2);

    for (const each of [app, second]) {
      const { token: signIn } = await challenge(api, userId);
      assert.equal(success(await api.verify(signIn, each.code())).isVerified, true);
    }
  });

  test("given an enrolled user who met a challenge, when they enrol with that flow's new token, then they may", async () => {
    const { userId, app } = await enrolledUser(api);
    const { token } = await challenge(api, userId);
    const { accessToken } = success(await api.verify(token, app.code()));

    const { secret } = success(await api.enroll(accessToken));

    assert.equal(
      success(await api.verify(accessToken, await new AuthenticatorApp(secret).previousCode())).isVerified,
      true,
    );
    assert.equal(success(await api.authenticators(userId)).length, 2);
  });

  test("given an enrolment that was started twice, when codes come, then only the later secret's count", async () => {
    const userId = newUser();
    const { token } = success(await api.track(userId, "enroll"));
    const earlier = new AuthenticatorApp(success(await api.enroll(token)).secret);
    const later = new AuthenticatorApp(success(await api.enroll(token)).secret);

    assert.equal(success(await api.verify(token, earlier.code())).isVerified, false);
    assert.equal(success(await api.user(userId)).isEnrolled, false);
    assert.equal(success(await api.verify(token, later.code())).isVerified, true);
    assert.equal(success(await api.authenticators(userId)).length, 1);
  });

  test("given an enrolment that was begun, when its code answers another action's challenge, then it is refused: it is no authenticator yet", async () => {
    const { userId } = await enrolledUser(api);
    const { token: adding } = success(await api.track(userId, "manage", { scope: "add:authenticators" }));
    const unfinished = new AuthenticatorApp(success(await api.enroll(adding)).secret);
    const { token } = await challenge(api, userId);

    assert.equal(success(await api.verify(token, unfinished.code())).isVerified, false);

    assert.equal(success(await api.validate({ token })).state, "CHALLENGE_REQUIRED");
    assert.equal(success(await api.authenticators(userId)).length, 1);
  });

  test("given an enrolment's code, when it comes five times at once, then exactly one finishes it, and there is one authenticator", async () => {
    const userId = newUser();
    const { token } = success(await api.track(userId, "enroll"));
    const code = new AuthenticatorApp(success(await api.enroll(token)).secret).code();

    const answers = await Promise.all(Array.from({ length: 5 }, () => api.verify(token, code)));

    assert.equal(answers.filter((each) => success(each).isVerified).length, 1);
    assert.equal(success(await api.authenticators(userId)).length, 1);
  });

  test("given an action that was blocked or is under review, when its token brings the right code, then that opens nothing", async () => {
    for (const [outcome, state] of [
      ["BLOCK", "BLOCK"],
      ["REVIEW", "REVIEW_REQUIRED"],
    ]) {
      const action = `closed-${outcome}`;
      success(await api.management("POST", "", { actionCode: action, defaultUserActionResult: outcome }));
      const { userId, app } = await enrolledUser(api);
      const tracked = success(await api.track(userId, action));

      success(await api.verify(tracked.token, app.code()));

      const validated = success(await api.validate({ token: tracked.token }));
      assert.deepEqual([validated.isValid, validated.state], [false, state]);
    }
  });

  test("given a user with no authenticator, when they answer a challenge with any code, then it is refused, not an error", async () => {
    const { token } = await challenge(api, newUser());

    assert.deepEqual(success(await api.verify(token, "123456")), {
      isVerified: false,
      failureReason: "CODE_INVALID_OR_EXPIRED",
    });
  });
};
