// Action configurations over the management API (management contract).
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { refusal, success } from "../http.mjs";
import { newUser } from "../people.mjs";

const newCode = () => `code-${randomUUID()}`;

export const management = (api) => {
  const configured = async (settings) => {
    const actionCode = newCode();
    success(await api.management("POST", "", { actionCode, ...settings }));
    return actionCode;
  };

  test("given every field, when an action is configured, then each comes back as given, now and later", async () => {
    const actionCode = newCode();
    const settings = {
      defaultUserActionResult: "REVIEW",
      messagingTemplates: { en: { defaultTemplate: "Your code: {{code}}" }, "de-DE": { nested: [1, true, "ä"] } },
      verificationMethods: ["PASSKEY", "AUTHENTICATOR_APP", "OIDC_PROVIDER"],
      promptToEnrollVerificationMethods: ["PASSKEY"],
      defaultVerificationMethod: "AUTHENTICATOR_APP",
    };

    const created = success(await api.management("POST", "", { actionCode, ...settings }));

    const { lastActionCreatedAt, ...kept } = success(await api.management("GET", `/${actionCode}`));
    assert.deepEqual(created, { actionCode, tenantId: api.tenantId, ...settings });
    assert.deepEqual(kept, created);
    assert.equal(lastActionCreatedAt, undefined, "no action was tracked yet");
  });

  test("given a configuration, when it is patched, then absent fields keep their values and null resets", async () => {
    const actionCode = await configured({
      defaultUserActionResult: "BLOCK",
      verificationMethods: ["SMS"],
      defaultVerificationMethod: "SMS",
      messagingTemplates: { en: 1 },
    });

    success(await api.management("PATCH", `/${actionCode}`, { defaultVerificationMethod: "EMAIL_OTP" }));
    const kept = success(await api.management("GET", `/${actionCode}`));
    success(
      await api.management("PATCH", `/${actionCode}`, {
        verificationMethods: null,
        messagingTemplates: null,
        defaultVerificationMethod: null,
      }),
    );
    const reset = success(await api.management("GET", `/${actionCode}`));
    success(await api.management("PATCH", `/${actionCode}`, {}));
    const untouched = success(await api.management("GET", `/${actionCode}`));

    const own = { actionCode, tenantId: api.tenantId, defaultUserActionResult: "BLOCK" };
    assert.deepEqual(kept, {
      ...own,
      verificationMethods: ["SMS"],
      defaultVerificationMethod: "EMAIL_OTP",
      messagingTemplates: { en: 1 },
    });
    assert.deepEqual(reset, own);
    assert.deepEqual(untouched, own);
  });

  test("given an outcome, when it is reset, then the next action is challenged, as one never configured is", async () => {
    const actionCode = await configured({ defaultUserActionResult: "BLOCK" });
    assert.equal(success(await api.track(newUser(), actionCode)).state, "BLOCK");

    success(await api.management("PATCH", `/${actionCode}`, { defaultUserActionResult: null }));

    assert.equal(success(await api.track(newUser(), actionCode)).state, "CHALLENGE_REQUIRED");
  });

  test("given an action code that was tracked but never configured, when it is asked for, then it has its defaults", async () => {
    const actionCode = newCode();
    success(await api.track(newUser(), actionCode));

    const answer = await settled(() => api.management("GET", `/${actionCode}`));

    assert.equal(success(answer).defaultUserActionResult, "CHALLENGE");
    assert.equal(
      success(await api.management("POST", "", { actionCode, defaultUserActionResult: "ALLOW" }))
        .defaultUserActionResult,
      "ALLOW",
    );
  });

  test("given an action code that nobody knows, when it is asked for, changed or deleted, then it is a 404", async () => {
    for (const [method, body] of [["GET"], ["PATCH", { defaultUserActionResult: "ALLOW" }], ["DELETE"]]) {
      refusal(await api.management(method, `/${newCode()}`, body), 404, "invalid_request");
    }
  });

  test("given a configuration, when it is deleted, then the answer is JSON, it is gone, and its action is as if new", async () => {
    const actionCode = await configured({ defaultUserActionResult: "BLOCK" });

    success(await api.management("DELETE", `/${actionCode}`));

    refusal(await api.management("GET", `/${actionCode}`), 404, "invalid_request");
    refusal(await api.management("DELETE", `/${actionCode}`), 404, "invalid_request");
    assert.equal(success(await api.track(newUser(), actionCode)).state, "CHALLENGE_REQUIRED");
  });

  test("given a configured action code, when it is configured anew, then that is refused and nothing changes", async () => {
    const actionCode = await configured({ defaultUserActionResult: "BLOCK" });

    refusal(await api.management("POST", "", { actionCode, defaultUserActionResult: "ALLOW" }), 400, "invalid_request");

    assert.equal(success(await api.management("GET", `/${actionCode}`)).defaultUserActionResult, "BLOCK");
  });

  test("given changes to different fields at once, when all have come, then none is lost", async () => {
    const actionCode = await configured({});
    const changes = [
      { defaultUserActionResult: "ALLOW" },
      { verificationMethods: ["SMS"] },
      { messagingTemplates: { en: 2 } },
      { defaultVerificationMethod: "SMS" },
    ];

    await Promise.all(changes.map(async (change) => success(await api.management("PATCH", `/${actionCode}`, change))));

    assert.deepEqual(
      success(await api.management("GET", `/${actionCode}`)),
      Object.assign({ actionCode, tenantId: api.tenantId }, ...changes),
    );
  });
};

/** Nobody waits for a first action's configuration, so the test looks again for a while. */
const settled = async (ask) => {
  const deadline = Date.now() + 5000;
  let answer = await ask();
  while (answer.status === 404 && Date.now() < deadline) answer = await ask();
  return answer;
};
