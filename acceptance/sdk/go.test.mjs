// The official Go clients and the official Terraform provider against one installation. The clients' tests are Go's own
// (../go), run here as a child; Terraform applies ../terraform.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { after, before, describe, test } from "node:test";
import { Api, basic } from "./api.mjs";
import { buildProvider, clientsAreMissing, go, providerFolder, providerIsMissing } from "./go-modules.mjs";
import { refusal, success } from "./http.mjs";
import { run } from "./programs.mjs";
import { assertNoStackTraceWasWritten, assertNothingSecretWasWritten } from "./secrecy.mjs";
import { Installation } from "./sluice.mjs";

const configurations = fileURLToPath(new URL("../terraform/", import.meta.url));
const serverSdk = "github.com/authsignal/authsignalgo/v2/client";
const managementSdk = "github.com/authsignal/authsignal-management-go/v6";

/** Has Terraform take the provider that was built, and ask no registry. */
const cliConfiguration = `provider_installation {
  dev_overrides {
    "authsignal/authsignal" = "${providerFolder}"
  }
  direct {}
}
`;

const installation = await new Installation().choosePorts();
after(() => installation.end());
const api = new Api(installation);
const apiUrl = `${api.url}/v1`;

/** The tests of the provider, of which Terraform runs in a place of its own. */
const terraformProvider = () => {
  const place = mkdtempSync(join(tmpdir(), "sluice-terraform-"));
  const settings = {
    AUTHSIGNAL_HOST: `${apiUrl}/management`,
    AUTHSIGNAL_TENANT_ID: installation.tenantId,
    AUTHSIGNAL_API_SECRET: installation.managementSecret,
    TF_CLI_CONFIG_FILE: join(place, "cli.tfrc"),
    CHECKPOINT_DISABLE: "1",
    TF_CLI_ARGS: "-no-color",
  };
  before(async () => {
    await buildProvider();
    writeFileSync(settings.TF_CLI_CONFIG_FILE, cliConfiguration);
  });
  after(() => rmSync(place, { recursive: true, force: true }));

  const terraform = (...args) => run("terraform", args, { cwd: place, settings });

  const assertDone = ({ code, output }) => assert.equal(code, 0, output);
  const done = async (command) => assertDone(await terraform(command, "-input=false", "-auto-approve"));

  /** What a plan finds: 0 nothing to change, 2 changes. */
  const planned = () => terraform("plan", "-input=false", "-detailed-exitcode");

  /** Applies a configuration; a plan made after that has nothing to change. Gives its outputs. */
  const applied = async (name) => {
    cpSync(join(configurations, name), join(place, "main.tf"));
    await done("apply");
    assertDone(await planned());
    const outputs = JSON.parse((await terraform("output", "-json")).output);
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  };

  const managed = (method, path, body) =>
    api.send(method, `/management${path}`, basic(installation.managementSecret), body);
  const read = async (path) => success(await managed("GET", path));
  const ruleAt = (ruleId) => `/action-configurations/terraform-rules/rules/${ruleId}`;

  test("given every resource, when it is made, changed, imported and destroyed, then Sluice and the next plan follow", async () => {
    const { rule, catalogue, seen } = await applied("first.tf");

    const first = await read(ruleAt(rule));
    assert.deepEqual([first.name, first.isActive, first.priority], ["anonymous", false, 0]);
    assert.deepEqual((await read("/value-lists/terraform-numbers")).valueListItems, [3, 1.5, 2]);
    assert.equal((await read("/theme")).darkMode.colors.link, "#123456");
    assert.equal((await read("/tenant")).hideSuccessScreenOnEnrollment, true);
    assert.deepEqual(seen, ["BLOCK", "anonymous", "terraform-strings", "text", "Terraform", "Enter your code"]);
    assert.ok(catalogue > 0);

    await applied("second.tf");

    const second = await read(ruleAt(rule));
    assert.deepEqual([second.name, second.isActive, second.priority], ["known", true, 7]);
    assert.deepEqual([second.description, second.verificationMethods], [undefined, undefined]);
    assert.equal((await read("/action-configurations/terraform-action")).messagingTemplates, undefined);
    assert.deepEqual((await read("/value-lists/terraform-numbers")).valueListItems, [0]);
    assert.equal((await read("/theme")).darkMode.colors?.link, undefined);
    assert.equal((await read("/tenant")).hideSuccessScreenOnEnrollment, false);

    success(await managed("DELETE", ruleAt(rule)));
    success(await managed("PATCH", "/value-lists/terraform-strings", { valueListItems: ["by hand"] }));
    assert.equal((await planned()).code, 2, "what others removed or changed is noticed");
    const { rule: again, points } = await applied("second.tf");
    assert.notEqual(again, rule);
    assert.deepEqual((await read("/value-lists/terraform-strings")).valueListItems, ["c"]);

    for (const [address, id] of [
      ["authsignal_action_configuration.action", "terraform-action"],
      ["authsignal_rule.rule", `terraform-rules/${again}`],
      ["authsignal_value_list.numbers", "terraform-numbers"],
      ['authsignal_custom_data_point.points["number"]', points[0]],
      ["authsignal_message_overrides.messages", "any"],
      ["authsignal_pre_built_ui_settings.settings", "any"],
    ]) {
      assertDone(await terraform("state", "rm", address));
      assertDone(await terraform("import", address, id));
    }
    assertDone(await planned());

    await done("destroy");

    for (const path of [
      "/action-configurations/terraform-action",
      ruleAt(again),
      "/value-lists/terraform-strings",
      "/value-lists/terraform-numbers",
      ...points.map((id) => `/custom-data-points/${id}`),
    ]) {
      refusal(await managed("GET", path), 404, "invalid_request");
    }
    assert.deepEqual((await read("/message-overrides")).messageOverrides, {});
    assert.equal((await read("/theme")).primaryColor, undefined);
  });
};

describe("the official Go clients", { skip: clientsAreMissing }, () => {
  before(() => installation.up());

  const assertAllPass = async (packages, settings, atLeast) => {
    const { code, output } = await go(["test", "-count=1", "-v", ...packages], { settings });
    process.stdout.write(output);
    assert.equal(code, 0, "a Go test failed: see above");
    assert.ok(output.match(/^--- PASS/gm).length >= atLeast, "fewer tests than there are were run: see above");
  };

  test("given a running Sluice, when our tests drive them, then all pass", () =>
    assertAllPass(
      ["."],
      {
        API_URL: apiUrl,
        API_SECRET: installation.apiSecret,
        MANAGEMENT_SECRET: installation.managementSecret,
        TENANT_ID: installation.tenantId,
      },
      30,
    ));

  test("given the user whom they take for enrolled, when their own tests run, then all pass", async () => {
    const verified = { verificationMethod: "EMAIL_OTP", email: "user123@shop.example" };
    success(await api.backend("POST", "/users/user123/authenticators", verified));

    const settings = { AUTHSIGNAL_API_URL: apiUrl, AUTHSIGNAL_API_SECRET: installation.apiSecret };
    await assertAllPass([serverSdk, managementSdk], settings, 10);
  });

  describe("the official Terraform provider", { skip: providerIsMissing }, terraformProvider);

  test("given all of that, when the output is read, then it has no secret and no stack trace", () => {
    assertNothingSecretWasWritten(installation);
    assertNoStackTraceWasWritten(installation);
  });
});
