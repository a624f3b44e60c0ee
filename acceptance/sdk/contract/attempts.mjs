// A code counts once; wrong ones are counted; too many are not even looked at.
import assert from "node:assert/strict";
import { test } from "node:test";
import { refusal, success } from "../http.mjs";
import { AuthenticatorApp, challenge, enrolledUser, newUser } from "../people.mjs";

const refused = { isVerified: false, failureReason: "CODE_INVALID_OR_EXPIRED" };
const exhausted = { isVerified: false, failureReason: "MAX_ATTEMPTS_EXCEEDED" };

export const attempts = (api) => {
  const stateOf = async (token) => {
    const { isValid, state } = success(await api.validate({ token }));
    return { isValid, state };
  };

  test("given a code that was accepted, when it comes again for another challenge, then it is refused", async () => {
    const { userId, app } = await enrolledUser(api);
    const code = app.code();
    const first = await challenge(api, userId);
    assert.equal(success(await api.verify(first.token, code)).isVerified, true);

    const second = await challenge(api, userId);

    assert.deepEqual(success(await api.verify(second.token, code)), refused);
    assert.deepEqual(await stateOf(second.token), { isValid: false, state: "CHALLENGE_REQUIRED" });
    assert.deepEqual(await stateOf(first.token), { isValid: true, state: "CHALLENGE_SUCCEEDED" });
  });

  test("given a later step's code was accepted, when an earlier step's comes, then it is refused: steps only go on", async () => {
    const { userId, app } = await enrolledUser(api);
    const earlier = app.code();
    const first = await challenge(api, userId);
    assert.equal(success(await api.verify(first.token, app.code(1))).isVerified, true);

    const second = await challenge(api, userId);

    assert.deepEqual(success(await api.verify(second.token, earlier)), refused);
  });

  test("given codes two steps off, when they come, then they are refused", async () => {
    const { userId, app } = await enrolledUser(api);
    const { token } = await challenge(api, userId);

    for (const steps of [-3, -2, 3])
      assert.deepEqual(success(await api.verify(token, app.code(steps))), refused, String(steps));
  });

  test("given the right code, when it comes nine times at once for one challenge, then exactly one succeeds", async () => {
    const { userId, app } = await enrolledUser(api);
    const { token } = await challenge(api, userId);
    const code = app.code();

    const answers = await Promise.all(Array.from({ length: 9 }, () => api.verify(token, code)));

    assert.equal(
      answers.filter((each) => success(each).isVerified).length,
      1,
      answers.map((each) => each.text.slice(0, 80)).join("\n"),
    );
    assert.deepEqual(await stateOf(token), { isValid: true, state: "CHALLENGE_SUCCEEDED" });
  });

  test("given the right code, when it comes for nine challenges at once, then exactly one of them is met", async () => {
    const { userId, app } = await enrolledUser(api);
    const challenges = await Promise.all(Array.from({ length: 9 }, () => challenge(api, userId)));
    const code = app.code();

    const answers = await Promise.all(challenges.map(({ token }) => api.verify(token, code)));

    assert.equal(answers.filter((each) => success(each).isVerified).length, 1);
    const states = await Promise.all(challenges.map(({ token }) => stateOf(token)));
    assert.deepEqual(
      states.map((each) => each.isValid),
      answers.map((each) => each.json.isVerified),
    );
  });

  test("given five wrong codes, when the right one comes, then the challenge has failed and is not revived", async () => {
    const { userId, app } = await enrolledUser(api);
    const { token, idempotencyKey } = await challenge(api, userId);

    for (let attempt = 1; attempt <= 4; attempt++)
      assert.deepEqual(success(await api.verify(token, app.wrongCode())), refused);
    assert.deepEqual(success(await api.verify(token, app.wrongCode())), exhausted, "the fifth uses them up");
    assert.deepEqual(await stateOf(token), { isValid: false, state: "CHALLENGE_FAILED" });
    assert.deepEqual(success(await api.verify(token, app.code())), exhausted);

    assert.deepEqual(await stateOf(token), { isValid: false, state: "CHALLENGE_FAILED" });
    assert.equal(success(await api.action(userId, "signIn", idempotencyKey)).state, "CHALLENGE_FAILED");
    const again = success(await api.track(userId, "signIn", { idempotencyKey }));
    assert.equal(again.idempotencyKey, idempotencyKey, "tracking it again is no new chance");
    assert.deepEqual(success(await api.verify(again.token, app.code())), exhausted);
    const another = await challenge(api, userId);
    assert.equal(
      success(await api.verify(another.token, app.code(1))).isVerified,
      true,
      "a new challenge is a new one",
    );
  });

  test("given nine wrong codes at once, when they have been answered, then no more than five were looked at", async () => {
    const { userId, app } = await enrolledUser(api);
    const { token } = await challenge(api, userId);

    const answers = await Promise.all(Array.from({ length: 9 }, () => api.verify(token, app.wrongCode())));

    assert.equal(answers.filter((each) => success(each).failureReason === refused.failureReason).length, 4);
    assert.equal(answers.filter((each) => each.json.failureReason === exhausted.failureReason).length, 5);
    assert.deepEqual(await stateOf(token), { isValid: false, state: "CHALLENGE_FAILED" });
  });

  test("given a challenge that was met, when wrong codes come for it, then it stays met", async () => {
    const { userId, app } = await enrolledUser(api);
    const { token } = await challenge(api, userId);
    success(await api.verify(token, app.code()));

    for (let attempt = 1; attempt <= 5; attempt++)
      assert.equal(success(await api.verify(token, app.wrongCode())).isVerified, false);

    assert.deepEqual(await stateOf(token), { isValid: true, state: "CHALLENGE_SUCCEEDED" });
  });

  test("given ten attempts in five minutes, when one more comes, then it is not looked at, and when to come back is told", async () => {
    const { userId, app } = await enrolledUser(api);
    for (let attempt = 2; attempt <= 10; attempt++) {
      const { token } = await challenge(api, userId);
      assert.deepEqual(success(await api.verify(token, app.wrongCode())), refused);
    }
    const { token } = await challenge(api, userId);

    const answer = await api.verify(token, app.code());

    refusal(answer, 429, "too_many_requests");
    assert.match(answer.headers["retry-after"], /^\d+$/);
    const seconds = Number(answer.headers["retry-after"]);
    assert.ok(seconds >= 1 && seconds <= 300, String(seconds));
    assert.deepEqual(
      await stateOf(token),
      { isValid: false, state: "CHALLENGE_REQUIRED" },
      "the challenge is still open",
    );
  });

  test("given digits of another script, when they spell the right code, then they are no code", async () => {
    const { userId, app } = await enrolledUser(api);
    const { token } = await challenge(api, userId);
    const spelt = (zero) => [...app.code()].map((digit) => String.fromCodePoint(zero + Number(digit))).join("");

    for (const zero of [0x0660, 0x0966, 0xff10])
      assert.deepEqual(success(await api.verify(token, spelt(zero))), refused);
  });

  test("given an enrolment, when five wrong codes come, then it has failed too, and the user is not enrolled", async () => {
    const userId = newUser();
    const { token } = success(await api.track(userId, "enroll"));
    const app = new AuthenticatorApp(success(await api.enroll(token)).secret);
    for (let attempt = 1; attempt <= 5; attempt++) success(await api.verify(token, app.wrongCode()));

    const late = success(await api.verify(token, app.code()));

    assert.deepEqual(late, exhausted);
    assert.equal(success(await api.user(userId)).isEnrolled, false);
    assert.deepEqual(await stateOf(token), { isValid: false, state: "CHALLENGE_FAILED" });
  });
};
