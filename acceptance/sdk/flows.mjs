// The flows of the authenticator-app guide, through the official SDKs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { success } from "./http.mjs";
import { AuthenticatorApp, newUser } from "./people.mjs";
import { browserSdk, serverSdk } from "./sdks.mjs";

export const flows = (api) => {
  const server = serverSdk(api);

  const enrolled = async () => {
    const userId = newUser();
    const { token } = await server.track({ userId, action: "enroll" });
    const sdk = browserSdk(api, token);
    const { data } = await sdk.totp.enroll();
    const app = new AuthenticatorApp(data.secret);
    const usedCode = await app.previousCode();
    const verified = await sdk.totp.verify({ code: usedCode });
    assert.equal(verified.data?.isVerified, true, JSON.stringify(verified));
    return { userId, app, usedCode };
  };

  test("given a new user, when they enrol an authenticator app, then they are enrolled and the action has succeeded", async () => {
    const userId = newUser();
    const tracked = await server.track({ userId, action: "enroll" });
    assert.equal(tracked.isEnrolled, false);
    assert.ok(tracked.url.includes("?"), "the SDK appends &mode=popup to the url");

    const sdk = browserSdk(api, tracked.token);
    const { data: enrolment } = await sdk.totp.enroll();
    assert.equal(enrolment.userId, userId);
    assert.match(enrolment.secret, /^[A-Z2-7]{32,}$/, "160 bits or more, base32");
    assert.ok(enrolment.uri.startsWith("otpauth://totp/"));
    assert.equal((await server.getUser({ userId })).isEnrolled, false, "no code was verified yet");
    const { data: verified } = await sdk.totp.verify({ code: new AuthenticatorApp(enrolment.secret).code() });

    assert.equal(verified.isVerified, true);
    const user = await server.getUser({ userId });
    assert.equal(user.isEnrolled, true);
    assert.deepEqual(user.enrolledVerificationMethods, ["AUTHENTICATOR_APP"]);
    const authenticators = await server.getAuthenticators({ userId });
    assert.deepEqual(
      authenticators.map((each) => [each.userAuthenticatorId, each.verificationMethod]),
      [[enrolment.userAuthenticatorId, "AUTHENTICATOR_APP"]],
    );
    assert.ok(!JSON.stringify(authenticators).includes(enrolment.secret));
    const { isValid, state } = await server.validateChallenge({ action: "enroll", token: verified.token });
    assert.deepEqual({ isValid, state }, { isValid: true, state: "CHALLENGE_SUCCEEDED" });
  });

  test("given an enrolled user who signs in, when a wrong and then the right code come, then only the right one validates", async () => {
    const { userId, app } = await enrolled();
    const tracked = await server.track({ userId, action: "signIn" });
    assert.deepEqual([tracked.state, tracked.isEnrolled], ["CHALLENGE_REQUIRED", true]);
    const before = await server.validateChallenge({ action: "signIn", token: tracked.token });
    assert.deepEqual([before.isValid, before.state], [false, "CHALLENGE_REQUIRED"]);

    const sdk = browserSdk(api, tracked.token);
    const { data: refused } = await sdk.totp.verify({ code: app.wrongCode() });
    const { data: verified } = await sdk.totp.verify({ code: app.code() });

    assert.deepEqual(refused, { isVerified: false, failureReason: "CODE_INVALID_OR_EXPIRED" });
    assert.equal(verified.isVerified, true);
    const {
      isValid,
      state,
      userId: whose,
      action,
      idempotencyKey,
      verificationMethod,
    } = await server.validateChallenge({ action: "signIn", token: verified.token });
    assert.deepEqual(
      { isValid, state, whose, action, idempotencyKey, verificationMethod },
      {
        isValid: true,
        state: "CHALLENGE_SUCCEEDED",
        whose: userId,
        action: "signIn",
        idempotencyKey: tracked.idempotencyKey,
        verificationMethod: "AUTHENTICATOR_APP",
      },
    );
    const byFirstToken = await server.validateChallenge({ action: "signIn", token: tracked.token });
    assert.equal(byFirstToken.isValid, true, "any unexpired token of the action will do");
  });

  test("given an enrolment's own code, when the first challenge comes, then that code does not open it", async () => {
    const { userId, usedCode } = await enrolled();
    const { token } = await server.track({ userId, action: "signIn" });

    const { data } = await browserSdk(api, token).totp.verify({ code: usedCode });

    assert.deepEqual(data, { isVerified: false, failureReason: "CODE_INVALID_OR_EXPIRED" });
  });

  test("given an outcome set over the management API, when the next action is tracked, then it holds at once", async () => {
    const actionCode = `browse-${Date.now()}`;
    const userId = newUser();
    success(await api.management("POST", "", { actionCode, defaultUserActionResult: "ALLOW" }));
    const allowed = await server.track({ userId, action: actionCode });
    success(await api.management("PATCH", `/${actionCode}`, { defaultUserActionResult: "BLOCK" }));
    const blocked = await server.track({ userId, action: actionCode });
    success(await api.management("PATCH", `/${actionCode}`, { defaultUserActionResult: "REVIEW" }));
    const reviewed = await server.track({ userId, action: actionCode });

    assert.deepEqual(
      [allowed, blocked, reviewed].map((each) => each.state),
      ["ALLOW", "BLOCK", "REVIEW_REQUIRED"],
    );
    const validity = await Promise.all(
      [allowed, blocked, reviewed].map(({ token }) => server.validateChallenge({ token })),
    );
    assert.deepEqual(
      validity.map((each) => each.isValid),
      [true, false, false],
    );
  });

  test("given one idempotency key, when three track calls come at once, then they are one action", async () => {
    const request = { userId: newUser(), action: "pay", attributes: { idempotencyKey: `key-${Date.now()}` } };

    const answers = await Promise.all([1, 2, 3].map(() => server.track(request)));

    for (const answer of answers) {
      const { token, url, ...rest } = answer;
      const { token: firstToken, url: firstUrl, ...firstRest } = answers[0];
      assert.deepEqual(rest, firstRest);
    }
    const actions = await server.queryUserActions({ userId: request.userId });
    assert.deepEqual(
      actions.map((each) => each.idempotencyKey),
      [request.attributes.idempotencyKey],
    );
  });

  test("given a wrong API secret, when the backend calls, then the SDK throws the very words that all SDKs know", async () => {
    const stranger = serverSdk({ ...api, apiSecret: "wrong-secret" });

    await assert.rejects(stranger.getUser({ userId: newUser() }), {
      statusCode: 401,
      errorCode: "unauthorized",
      errorDescription:
        "The request is unauthorized. Check that your API key and region base URL are correctly configured.",
    });
  });

  test("given an action that never was, when the backend asks for it, then the SDK throws a 404", async () => {
    const unknown = { userId: newUser(), action: "signIn", idempotencyKey: "never" };

    await assert.rejects(server.getAction(unknown), { statusCode: 404, errorCode: "invalid_request" });
  });
};
