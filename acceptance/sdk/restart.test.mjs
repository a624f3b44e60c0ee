// The power is cut in mid-flow, and Sluice starts again on what the disk has.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Api } from "./api.mjs";
import { serverFaults, success } from "./http.mjs";
import { AuthenticatorApp, challenge, enrolledUser, newUser } from "./people.mjs";
import { assertNoStackTraceWasWritten, assertNothingSecretWasWritten } from "./secrecy.mjs";
import { Installation } from "./sluice.mjs";

const secondStartSecondsMax = 30;
const tracksInFlight = 60;
const tracksAnswered = 20;

const installation = await new Installation().choosePorts();
after(() => installation.end());
const api = new Api(installation);

/** Tracks many actions at once and cuts the power when some have been answered; gives those. */
const trackUntilTheCut = async (sluice) => {
  const answered = [];
  const tracked = Array.from({ length: tracksInFlight }, async () => {
    const userId = newUser();
    const answer = await api.track(userId, "pay", { idempotencyKey: "only" });
    answered.push({ userId, ...success(answer) });
    if (answered.length === tracksAnswered) sluice.signal("SIGKILL");
  });
  await Promise.allSettled(tracked);
  await sluice.exited;
  return answered;
};

let ada,
  adasChallenge,
  grace,
  gracesCode,
  gracesAction,
  alan,
  alansChallenge,
  joan,
  joansApp,
  joansToken,
  acknowledged,
  sluice;

before(async () => {
  const first = await installation.up();
  success(await api.management("POST", "", { actionCode: "browse", defaultUserActionResult: "ALLOW" }));
  ada = await enrolledUser(api);
  adasChallenge = await challenge(api, ada.userId);
  // The next step's code: it stays inside the server's window for long enough to be tried again after the start.
  grace = await enrolledUser(api);
  gracesAction = await challenge(api, grace.userId);
  gracesCode = grace.app.code(1);
  success(await api.verify(gracesAction.token, gracesCode));
  alan = await enrolledUser(api);
  alansChallenge = await challenge(api, alan.userId);
  for (let attempt = 1; attempt <= 4; attempt++) success(await api.verify(alansChallenge.token, alan.app.wrongCode()));
  joan = newUser();
  joansToken = success(await api.track(joan, "enroll")).token;
  joansApp = new AuthenticatorApp(success(await api.enroll(joansToken)).secret);
  acknowledged = await trackUntilTheCut(first);
  sluice = await installation.up();
});

test("given a power cut, when Sluice starts again, then it is ready within seconds", (t) => {
  const { seconds } = sluice.readiness;
  t.diagnostic(`ready again after ${seconds} s`);
  assert.ok(seconds <= secondStartSecondsMax, `${seconds} s`);
});

test("given an accepted code, when it comes again after the start, then it is refused: its step stays burnt", async () => {
  const { token } = await challenge(api, grace.userId);

  assert.deepEqual(success(await api.verify(token, gracesCode)), {
    isVerified: false,
    failureReason: "CODE_INVALID_OR_EXPIRED",
  });
});

test("given a finished action, when it is validated after the start, then it has still succeeded", async () => {
  const { isValid, state, verificationMethod } = success(
    await api.validate({ token: gracesAction.token, action: "signIn", userId: grace.userId }),
  );

  assert.deepEqual([isValid, state, verificationMethod], [true, "CHALLENGE_SUCCEEDED", "AUTHENTICATOR_APP"]);
});

test("given four wrong codes before the cut, when the fifth comes after it, then the challenge has failed", async () => {
  const fifth = success(await api.verify(alansChallenge.token, alan.app.wrongCode()));

  assert.deepEqual(fifth, { isVerified: false, failureReason: "MAX_ATTEMPTS_EXCEEDED" });
  assert.equal(success(await api.validate({ token: alansChallenge.token })).state, "CHALLENGE_FAILED");
});

test("given an open challenge, when the flow goes on after the start, then it comes to its end", async () => {
  assert.equal(success(await api.user(ada.userId)).isEnrolled, true);
  assert.equal(success(await api.validate({ token: adasChallenge.token })).state, "CHALLENGE_REQUIRED");

  const { accessToken } = success(await api.verify(adasChallenge.token, ada.app.code()));

  assert.equal(success(await api.validate({ token: accessToken })).isValid, true);
});

test("given an enrolment that was begun, when its first code comes after the start, then the user is enrolled", async () => {
  assert.equal(success(await api.verify(joansToken, joansApp.code())).isVerified, true);
  assert.equal(success(await api.user(joan)).isEnrolled, true);
});

test("given a configured outcome, when an action is tracked after the start, then it still holds", async () => {
  assert.equal(success(await api.track(newUser(), "browse")).state, "ALLOW");
});

test("given tracks cut off in flight, when they are looked for, then all that were acknowledged are there, once each", async (t) => {
  t.diagnostic(`${acknowledged.length} of ${tracksInFlight} acknowledged`);
  assert.ok(acknowledged.length >= tracksAnswered);
  for (const { userId, state, token } of acknowledged) {
    assert.equal(success(await api.action(userId, "pay", "only")).state, state);
    assert.equal(success(await api.validate({ token })).state, state);
    assert.equal(success(await api.track(userId, "pay", { idempotencyKey: "only" })).state, state);
    assert.equal(success(await api.actions(userId)).length, 1);
  }
});

test("given an operator's SIGTERM, when Sluice stops, then it says so and ends cleanly", async () => {
  const { code, signal } = await sluice.stop();

  assert.equal(signal, null);
  assert.ok([0, 143].includes(code), String(code));
  assert.match(sluice.stderr, /^sluice: stopped$/m);
});

test("given all of that, when outputs and answers are read, then there is no secret, stack trace or fault", () => {
  assertNothingSecretWasWritten(
    installation,
    [ada, grace, alan].flatMap(({ secret, enrolmentToken }) => [secret, enrolmentToken]),
  );
  assertNoStackTraceWasWritten(installation);
  assert.deepEqual(serverFaults, []);
});
