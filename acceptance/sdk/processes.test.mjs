// Every service as processes of its own, two of each, on one broker and one data directory; then some of them die.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Api } from "./api.mjs";
import { refusal, success } from "./http.mjs";
import { challenge, enrolledUser, newUser } from "./people.mjs";
import { assertNothingSecretWasWritten } from "./secrecy.mjs";
import { freePort, Installation } from "./sluice.mjs";

const failoverSecondsMax = 20;
const usersOfEveryOwner = 8;

const installation = await new Installation().choosePorts();
after(() => installation.end());

let a, b, rulesProcessor, challengeService;

/** A service's process, told of the broker, with an ingress port of its own and little patience with the dead. */
const startService = async (service) => {
  const process = installation.start(service, {
    ...installation.settings,
    SLUICE_BOOTSTRAP_SERVERS: `127.0.0.1:${installation.kafkaPort}`,
    SLUICE_HTTP_PORT: String(await freePort()),
    SLUICE_SESSION_TIMEOUT: "PT2S",
  });
  process.readiness = process.ready();
  return process;
};

before(async () => {
  await installation.start("kafka").ready();
  const services = [
    "track-service",
    "track-service",
    "rules-processor",
    "rules-processor",
    "challenge-service",
    "challenge-service",
  ];
  const processes = [];
  for (const service of services) processes.push(await startService(service));
  const ready = await Promise.all(processes.map((each) => each.readiness));
  [a, b] = ready.slice(0, 2).map(({ address }) => new Api(installation, address));
  rulesProcessor = processes[2];
  challengeService = processes[4];
});

test("given two of each service, when a flow goes through either ingress in turn, then both know all of it at once", async () => {
  const userId = newUser();
  const enrolled = await enrolledUser(a, userId);
  assert.equal(success(await b.user(userId)).isEnrolled, true);
  const { token } = success(await a.track(userId, "signIn"));

  const wrong = success(await a.verify(token, enrolled.app.wrongCode()));
  const right = success(await b.verify(token, enrolled.app.code()));

  assert.deepEqual([wrong.isVerified, right.isVerified], [false, true]);
  for (const ingress of [a, b]) {
    for (const each of [token, right.accessToken])
      assert.equal(success(await ingress.validate({ token: each, action: "signIn", userId })).isValid, true);
  }
});

test("given twelve users, when each goes from enrolment to validation over changing ingresses, then each succeeds", async () => {
  await Promise.all(
    Array.from({ length: 12 }, async (_, number) => {
      const [one, other] = number % 2 ? [a, b] : [b, a];
      const { userId, app } = await enrolledUser(one);
      const { token } = await challenge(other, userId);
      const { accessToken } = success(await one.verify(token, app.code()));
      assert.equal(success(await other.validate({ token: accessToken })).isValid, true);
    }),
  );
});

test("given one code, when it comes to both ingresses at once, then exactly one accepts it", async () => {
  const { userId, app } = await enrolledUser(a);
  const { token } = await challenge(b, userId);
  const code = app.code();

  const answers = await Promise.all([a, b, a, b, a, b].map((ingress) => ingress.verify(token, code)));

  assert.equal(answers.filter((answer) => success(answer).isVerified).length, 1);
});

test("given one idempotency key, when it comes to both ingresses at once, then it is one action", async () => {
  const userId = newUser();

  const answers = await Promise.all(
    [a, b, a, b].map((ingress) => ingress.track(userId, "pay", { idempotencyKey: "same" })),
  );

  assert.deepEqual(new Set(answers.map((answer) => success(answer).state)), new Set(["CHALLENGE_REQUIRED"]));
  assert.equal(success(await b.actions(userId)).length, 1);
});

test("given an outcome set at one ingress, when the action is tracked at that one, then it holds; at the other, soon", async () => {
  success(await a.management("POST", "", { actionCode: "browse", defaultUserActionResult: "ALLOW" }));

  assert.equal(success(await a.track(newUser(), "browse")).state, "ALLOW");
  await eventually(async () => success(await b.track(newUser(), "browse")).state === "ALLOW", 5);
});

test("given open challenges, when one of each processor dies, then every flow goes on within seconds", async (t) => {
  const users = await Promise.all(Array.from({ length: usersOfEveryOwner }, () => enrolledUser(a)));
  const open = await Promise.all(users.map(({ userId }) => challenge(b, userId)));
  const diedAt = Date.now();

  await Promise.all([rulesProcessor.kill(), challengeService.kill()]);

  await Promise.all(users.map((user, index) => untilServed(user, open[index].token, diedAt)));
  const seconds = (Date.now() - diedAt) / 1000;
  t.diagnostic(`every user is served again after ${seconds} s`);
  assert.ok(seconds <= failoverSecondsMax, `${seconds} s`);
  for (const [index, { userId, app }] of users.entries()) {
    const { accessToken } = success(await b.verify(open[index].token, app.code()));
    assert.equal(success(await a.validate({ token: accessToken, action: "signIn", userId })).isValid, true);
  }
});

test("given all of that, when the outputs are read, then there is no secret in them", () =>
  assertNothingSecretWasWritten(installation));

/** Asks until the user's state, the challenge's and a new track are answered; until then, only 503 in the contract's shape. */
const untilServed = async ({ userId }, token, since) => {
  const calls = [
    () => a.user(userId),
    () => b.validate({ token }),
    () => a.track(userId, "later", { idempotencyKey: "one" }),
  ];
  for (const call of calls) await eventually(async () => isServed(await call()), failoverSecondsMax + 10, since);
};

const isServed = (answer) => {
  if (answer.status === 503) {
    refusal(answer, 503, "service_unavailable");
    assert.match(answer.headers["retry-after"], /^\d+$/);
    return false;
  }
  const { isValid, isEnrolled } = success(answer);
  assert.notEqual(isValid, true, "no fault turns an unanswered challenge into success");
  assert.notEqual(isEnrolled, false, "no answer from before");
  return true;
};

const eventually = async (holds, secondsMax, since = Date.now()) => {
  while (!(await holds())) {
    assert.ok(Date.now() - since < secondsMax * 1000, `not within ${secondsMax} s`);
    await new Promise((done) => setTimeout(done, 200));
  }
};
