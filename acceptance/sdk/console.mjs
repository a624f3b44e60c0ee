// The console as an operator uses it, in a real browser.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { success } from "./http.mjs";
import { assertLooksWell } from "./looks.mjs";
import { newUser } from "./people.mjs";

export const operatorConsole = (api, shop) => {
  const address = `${api.url}/console`;

  const visited = async () => {
    const ada = await shop.visitor();
    await ada.tab.goto(address);
    return ada;
  };

  const open = async (ada, secret = api.managementSecret) => {
    await ada.tab.getByLabel("Management secret").fill(secret);
    await ada.tab.keyboard.press("Enter");
  };

  const opened = async () => {
    const ada = await visited();
    await open(ada);
    await ada.tab.getByText("Ready", { exact: true }).waitFor();
    return ada;
  };

  const saved = async (action, rule) =>
    success(await api.management("POST", `/${action}/rules`, { isActive: true, priority: 0, ...rule }));

  /** Shows the rules of an action. */
  const shown = async (ada, action) => {
    await ada.tab.getByLabel("Action code", { exact: true }).fill(action);
    await ada.tab.keyboard.press("Enter");
    await ada.tab.getByText(`${action} has`).waitFor();
  };

  const assertNothingIsKept = async (ada, secret) => {
    assert.deepEqual(await ada.context.cookies(), []);
    const kept = await ada.tab.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.URL]));
    assert.equal(kept, JSON.stringify([{}, {}, address]));
    assert.ok(ada.requests.every((url) => url.startsWith(api.url) && !url.includes(secret)), ada.requests.join(" "));
    assert.deepEqual([ada.breaches, ada.faults], [[], []]);
  };

  for (const [kind, secret] of [
    ["wrong", "süß-§-wrong"],
    ["server API's", api.apiSecret],
  ]) {
    test(`E2: given the ${kind} secret, when the console is opened with it, then it says so in the contract's words and shows nothing`, async () => {
      const ada = await visited();

      await open(ada, secret);

      await ada.tab.getByRole("alert").filter({ hasText: "unauthorized (401). The request is unauthorized." }).waitFor();
      assert.equal(await ada.tab.getByRole("heading", { level: 2 }).count(), 0);
      assert.equal(await ada.tab.getByLabel("Management secret").getAttribute("aria-invalid"), "true");
      await assertNothingIsKept(ada, secret);
    });
  }

  test("given no database of places, when the console is opened, then it names what is null in rules, and looks well", async () => {
    const ada = await opened();

    const missing = ada.tab.getByRole("listitem").filter({ hasText: "Database of places: not there." });
    assert.match(await missing.textContent(), /SLUICE_PLACES_FILE.*Null in rules:.*ip\.countryCode.*ip\.isImpossibleTravel/);
    await ada.tab.getByText("Mail server: not there.").waitFor();
    await ada.tab.getByText("rules-processor: ready").waitFor();
    assert.equal(await ada.tab.getByLabel("Management secret").count(), 0);
    await assertLooksWell(ada.tab, "console-status");
    await assertNothingIsKept(ada, api.managementSecret);

    await ada.tab.getByRole("button", { name: "Lock" }).click();
    await ada.tab.getByLabel("Management secret").waitFor();
    assert.equal(await ada.tab.getByLabel("Management secret").inputValue(), "");
  });

  test("given rules, when their action is asked for, then they are there in order, and a name that is markup is text", async () => {
    const action = `pay-${randomUUID()}`;
    await saved(action, { name: "Later", priority: 2, type: "BLOCK", conditions: { var: "device.isNew" }, isShadow: true });
    await saved(action, { name: "<img src=x onerror=alert(1)>", priority: 1, type: "REVIEW", conditions: { "!!": [true] } });
    const ada = await opened();

    await shown(ada, action);

    const rules = await ada.tab.locator("#rule-list article").allInnerTexts();
    assert.equal(rules.length, 2);
    assert.match(rules[0], /^<img src=x onerror=alert\(1\)>\s[^]*REVIEW[^]*state\s+active\s/);
    assert.match(rules[1], /^Later\s[^]*BLOCK[^]*in shadow[^]*"var": "device\.isNew"/);
    await assertLooksWell(ada.tab, "console-rules");
    await assertNothingIsKept(ada, api.managementSecret);
  });

  test("given actions on the log, when other rules are back-tested, then the report says what would differ", async () => {
    const action = `pay-${randomUUID()}`;
    await saved(action, { name: "Any", type: "ALLOW", conditions: { "!!": [true] } });
    for (let users = 0; users < 2; users++) success(await api.track(newUser(), action));
    const ada = await opened();
    await shown(ada, action);
    await ada.tab.getByRole("button", { name: "Take these rules as a candidate" }).click();
    const candidate = ada.tab.getByLabel("Candidate", { exact: true });

    const taken = await candidate.inputValue();
    await candidate.fill(taken.replace('"!!"', '"no such operator"'));
    await ada.tab.getByRole("button", { name: "Start" }).click();
    await ada.tab.getByRole("alert").filter({ hasText: `invalid_request (400). rules/${action}/0/conditions` }).waitFor();
    await candidate.fill(taken.replace('"ALLOW"', '"BLOCK"'));
    await ada.tab.getByLabel("From").fill(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
    await ada.tab.getByRole("button", { name: "Start" }).click();

    await ada.tab.getByText("Done.").waitFor();
    const report = await ada.tab.locator("#report article").filter({ hasText: action }).innerText();
    assert.match(report, /2 of 2 decisions would differ, for 2 users\.\s+ALLOW → BLOCK: 2/);
    await assertLooksWell(ada.tab, "console-backtest");
    await assertNothingIsKept(ada, api.managementSecret);
  });
};
