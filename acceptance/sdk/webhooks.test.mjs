// Webhooks, as a backend receives and checks them with the official Node SDK; the receiver goes, and the power is cut.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { Api, basic } from "./api.mjs";
import { success } from "./http.mjs";
import { challenge, enrolledUser, newUser } from "./people.mjs";
import { serverSdk } from "./sdks.mjs";
import { assertNoStackTraceWasWritten, assertNothingSecretWasWritten } from "./secrecy.mjs";
import { freePort, Installation } from "./sluice.mjs";

const signIns = 20;
const patience = 90_000;

/** A backend's endpoint for webhooks, on one port whether it listens or not. */
class Receiver {
  calls = [];

  async open() {
    this.port ??= await freePort();
    this.server = createServer((request, response) => {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        this.calls.push({ signature: request.headers["x-signature-v2"], body: Buffer.concat(parts).toString("utf8") });
        response.end("thank you");
      });
    }).listen(this.port, "127.0.0.1");
    await once(this.server, "listening");
    return this;
  }

  async close() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  /** What was told of a user, in the order in which it came: a state, or the type of another event. */
  of(userId) {
    return this.calls
      .map(({ body }) => JSON.parse(body))
      .map((told) => told.records?.[0] ?? told)
      .filter(({ data, record }) => (data ?? record).userId === userId)
      .map(({ id, type, record }) => ({ id, told: record?.state ?? type }));
  }

  async until(isTrue) {
    const deadline = Date.now() + patience;
    while (!isTrue()) {
      assert.ok(Date.now() < deadline, `after ${this.calls.length} calls`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

const installation = await new Installation().choosePorts();
const api = new Api(installation);
const receiver = new Receiver();
const { webhook } = serverSdk(api);
after(() => installation.end());
after(() => receiver.close());

let ada, first;

before(async () => {
  first = await installation.up();
  await receiver.open();
  success(
    await api.send("PATCH", "/management/tenant", basic(api.managementSecret), {
      webhookUrl: `http://127.0.0.1:${receiver.port}/events?from=sluice`,
    }),
  );
  ada = await enrolledUser(api);
  const { token } = await challenge(api, ada.userId);
  success(await api.verify(token, ada.app.code()));
  await receiver.until(() => receiver.of(ada.userId).length === 5);
});

test("given an enrolment and a sign-in, when they are told, then each transition and the authenticator are there", () => {
  const told = receiver.of(ada.userId).map((each) => each.told);

  assert.deepEqual(
    told.filter((each) => each !== "authenticator.created"),
    ["CHALLENGE_REQUIRED", "CHALLENGE_SUCCEEDED", "CHALLENGE_REQUIRED", "CHALLENGE_SUCCEEDED"],
  );
  assert.equal(told.length, 5);
});

test("S25: given a webhook, when the SDK constructs its event, then the event is the one that was told", () => {
  const { body, signature } = receiver.calls.find((call) => call.body.includes("authenticator.created"));

  const event = webhook.constructEvent(body, signature);

  assert.deepEqual([event.version, event.type, event.tenantId], [1, "authenticator.created", api.tenantId]);
  assert.equal(event.data.userId, ada.userId);
  assert.equal(event.data.userAuthenticatorId, ada.userAuthenticatorId);
  assert.equal(event.data.verificationMethod, "AUTHENTICATOR_APP");
  for (const call of receiver.calls) assert.doesNotThrow(() => webhook.constructEvent(call.body, call.signature));
});

test("S25: given a webhook that was altered or is old, when the SDK constructs its event, then it throws", () => {
  const { body, signature } = receiver.calls[0];
  const [, seconds] = /^t=(\d+)/.exec(signature);

  assert.throws(() => webhook.constructEvent(body.replace(ada.userId, "eve"), signature), /mismatch/);
  assert.throws(
    () => webhook.constructEvent(body, signature.replace(`t=${seconds}`, `t=${Number(seconds) + 1}`)),
    /mismatch/,
  );
  assert.throws(
    () => webhook.constructEvent(body, signature.replace(`t=${seconds}`, `t=${Number(seconds) - 301}`)),
    /tolerance/,
  );
  assert.throws(
    () => serverSdk({ ...api, apiSecret: "another" }).webhook.constructEvent(body, signature),
    /mismatch/,
  );
});

test("given a receiver that is down and a power cut, when both are back, then no transition is lost and all are in order", async (t) => {
  await receiver.close();
  const users = Array.from({ length: signIns }, newUser);
  await Promise.all(
    users.map(async (userId) => {
      success(await api.track(userId, "signIn", { idempotencyKey: "one" }));
      success(await api.backend("PATCH", `/users/${userId}/actions/signIn/one`, { state: "BLOCK" }));
    }),
  );
  await first.kill();

  await installation.up();
  await receiver.open();
  await receiver.until(() => users.every((userId) => receiver.of(userId).some(({ told }) => told === "BLOCK")));

  for (const userId of users) {
    const events = new Map(receiver.of(userId).map(({ id, told }) => [id, told]));
    assert.deepEqual([...events.values()], ["CHALLENGE_REQUIRED", "BLOCK"], "once each, by their ids");
  }
  const ids = receiver.calls.map(({ body }) => JSON.parse(body)).map((told) => (told.records?.[0] ?? told).id);
  t.diagnostic(`${ids.length - new Set(ids).size} of ${ids.length} calls were duplicates`);
});

test("given a tenant that is asked, when its user verifies, then the SDK constructs the question and its yes counts", async () => {
  const events = (webhookEvents) => api.send("PATCH", "/management/tenant", basic(api.managementSecret), { webhookEvents });
  success(await events(["action.verify"]));
  const bob = await enrolledUser(api);
  success(await events(null));

  const { body, signature } = receiver.calls.find((call) => call.body.includes("action.verify"));
  const { type, data } = webhook.constructEvent(body, signature);

  assert.equal(type, "action.verify");
  assert.equal(data.userId, bob.userId);
  assert.equal(data.verificationMethod, "AUTHENTICATOR_APP");
});

test("given all of that, when metrics and outputs are read, then they count and hold no secret and no URL", async () => {
  const metrics = await (await fetch(`${api.url}/metrics`)).text();

  assert.match(metrics, new RegExp(`sluice_webhook_delivered_total\\{tenant="${api.tenantId}"\\} [1-9]`));
  assert.match(metrics, new RegExp(`sluice_webhook_oldest_age_seconds\\{tenant="${api.tenantId}"\\} 0\\.0`));
  assert.doesNotMatch(metrics + installation.output, /from=sluice/);
  assertNothingSecretWasWritten(installation, [ada.secret]);
  assertNoStackTraceWasWritten(installation);
});
