// The official Python SDK against one installation: its tests are Python's own (../python), run here as a child.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, test } from "node:test";
import { Api } from "./api.mjs";
import { run } from "./programs.mjs";
import { assertNoStackTraceWasWritten, assertNothingSecretWasWritten } from "./secrecy.mjs";
import { Installation } from "./sluice.mjs";

const folder = fileURLToPath(new URL("../python/", import.meta.url));
const environment = `${folder}target/venv`;

const installation = await new Installation().choosePorts();
after(() => installation.end());

const runHere = (program, args, settings) =>
  run(program, args, { cwd: folder, settings: { PYTHONDONTWRITEBYTECODE: "1", ...settings } });

test("given Python, when the SDK is installed, then it and all that it needs are the pinned versions", async () => {
  const { code: fit, output } = await runHere("python3", [
    "-c",
    "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9) and sys.version)",
  ]);
  assert.equal(fit, 0, `these tests need python3, 3.9 or newer, with venv and pip (on Debian: python3-venv): ${output}`);

  for (const [program, ...args] of [
    ["python3", "-m", "venv", environment],
    // Without dependencies of its own choice: what is not pinned would be missed by the check.
    [`${environment}/bin/pip`, "install", "--quiet", "--no-deps", "--requirement", "requirements.txt"],
    [`${environment}/bin/pip`, "check"],
  ]) {
    const { code, output } = await runHere(program, args);
    assert.equal(code, 0, `${args.join(" ")}: ${output}`);
  }
});

test("given the official Python SDK, when its tests run, then all pass", async () => {
  await installation.up();

  const { code, output } = await runHere(
    `${environment}/bin/python`,
    ["-m", "unittest", "discover", "--verbose"],
    {
      API_URL: `${new Api(installation).url}/v1`,
      API_SECRET: installation.apiSecret,
      TENANT_ID: installation.tenantId,
    },
  );

  process.stdout.write(output);
  assert.equal(code, 0, "a Python test failed: see above");
  assert.match(output, /^Ran [1-9]\d* tests/m);
});

test("given all of that, when the process's output is read, then it has no secret and no stack trace", () => {
  assertNothingSecretWasWritten(installation);
  assertNoStackTraceWasWritten(installation);
});
