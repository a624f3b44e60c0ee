// Rules as a backend sees them, through the official SDK.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { success } from "./http.mjs";
import { newUser } from "./people.mjs";
import { serverSdk } from "./sdks.mjs";

export const rules = (api) => {
  const server = serverSdk(api);

  const saved = async (action, rule) => {
    const defaults = { name: `${rule.type} by rule`, isActive: true, priority: 0 };
    return success(await api.management("POST", `/${action}/rules`, { ...defaults, ...rule })).ruleId;
  };

  test("given a rule that blocks and one in shadow, when an action is tracked, then the SDK sees what decided and why", async () => {
    const action = `pay-${randomUUID()}`;
    const blocks = await saved(action, { type: "BLOCK", conditions: { "==": [{ var: "ip.address" }, "192.0.2.1"] } });
    const shadow = await saved(action, { type: "ALLOW", conditions: { "!!": [true] }, isShadow: true });
    const userId = newUser();

    const blocked = await server.track({ userId, action, attributes: { ipAddress: "192.0.2.1" } });
    const passed = await server.track({ userId, action, attributes: { ipAddress: "192.0.2.2" } });

    assert.deepEqual([blocked.state, blocked.ruleIds], ["BLOCK", [blocks]]);
    assert.deepEqual([passed.state, passed.ruleIds], ["CHALLENGE_REQUIRED", []]);
    const { rules, output } = await server.getAction({ userId, action, idempotencyKey: blocked.idempotencyKey });
    assert.deepEqual(rules, [{ ruleId: blocks, name: "BLOCK by rule" }]);
    const explained = Object.fromEntries(output.rules.map((rule) => [rule.ruleId, rule]));
    assert.deepEqual(explained[blocks].values, { "ip.address": "192.0.2.1" });
    assert.deepEqual([explained[blocks].isMatch, explained[shadow].isMatch, explained[shadow].isShadow], [true, true, true]);
  });

  test("given a rule that is changed, when the next action is tracked, then it is decided by the rule as it is now", async () => {
    const action = `sign-in-${randomUUID()}`;
    const ruleId = await saved(action, { type: "ALLOW", conditions: { "!": [{ var: "user.isEnrolled" }] } });
    const userId = newUser();
    assert.equal((await server.track({ userId, action })).state, "ALLOW");

    success(await api.management("PATCH", `/${action}/rules/${ruleId}`, { type: "REVIEW" }));
    assert.equal((await server.track({ userId, action })).state, "REVIEW_REQUIRED");
    success(await api.management("DELETE", `/${action}/rules/${ruleId}`));
    assert.equal((await server.track({ userId, action })).state, "CHALLENGE_REQUIRED");
  });
};
