// Every operation of the API's own description, tried by Schemathesis with what fits it and what does not (../python/fuzz).
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, test } from "node:test";
import { Api, basic } from "./api.mjs";
import { call, refusal } from "./http.mjs";
import { Post } from "./post.mjs";
import { run } from "./programs.mjs";
import { assertNoStackTraceWasWritten } from "./secrecy.mjs";
import { Installation } from "./sluice.mjs";

const folder = fileURLToPath(new URL("../python/fuzz/", import.meta.url));
const environment = `${folder}target/venv`;
const minutes = Number(process.env.SLUICE_FUZZ_MINUTES ?? 0);
const lastly = 420_000;

const post = await new Post().open();
const installation = await new Installation().choosePorts();
after(async () => {
  await installation.end();
  await post.close();
});

const runHere = (program, args, options = {}) => run(program, args, { cwd: folder, ...options });

test("given Python, when Schemathesis is installed, then it and all that it needs are the pinned versions", async () => {
  for (const [program, ...args] of [
    ["python3", "-m", "venv", environment],
    [`${environment}/bin/pip`, "install", "--quiet", "--no-deps", "--requirement", "requirements.txt"],
    [`${environment}/bin/pip`, "check"],
  ]) {
    const { code, output } = await runHere(program, args);
    assert.equal(code, 0, `${args.join(" ")}: ${output}`);
  }
});

test("given the API's description, when every operation is tried, then no answer is a fault or outside of it", async () => {
  await installation.up({ ...installation.settings, ...post.settings });

  const { url } = new Api(installation);
  const howLong =
    minutes > 0
      ? ["--max-time", String(minutes * 60), "--max-examples", "200"]
      : ["--generation-deterministic", "--max-examples", "8"];
  const { code, output } = await runHere(`${environment}/bin/schemathesis`, ["run", `${url}/openapi.json`, ...howLong], {
    patience: minutes * 60_000 + lastly,
    settings: {
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHONPATH: folder,
      SCHEMATHESIS_HOOKS: "hooks",
      API_URL: url,
      API_SECRET: installation.apiSecret,
      MANAGEMENT_SECRET: installation.managementSecret,
      TENANT_ID: installation.tenantId,
    },
  });

  process.stdout.write(output);
  assert.equal(code, 0, "an answer was a fault, or outside of the description: see above");
});

/** What no description tells of: method, path, headers, body, and the status that it gets. */
const odd = [
  ["TRACE", "/v1/users/ada", {}, "", 405],
  ["PROPFIND", "/v1/users/ada", {}, "", 405],
  ["OPTIONS", "/v1/users/ada", {}, "", 405],
  ["PUT", "/v1/users/ada", {}, "", 405],
  ["GET", "/v1/users/%", {}, "", 400],
  ["GET", "/v1/users/%zz", {}, "", 400],
  ["GET", "/v1/users/%ff", {}, "", 400],
  ["GET", "/v1/users?email=%", {}, "", 400],
  ["GET", `/v1/users?email=${"a".repeat(20_000)}`, {}, "", 414],
  ["GET", `/${"a".repeat(20_000)}`, {}, "", 414],
  ["GET", "/v1/users/ada", { X: "a".repeat(20_000) }, "", 431],
  ["GET", "/v1/users/ada/actions?fromDate=-1000000000-01-01T00:00:00Z", {}, "", 400],
  ["GET", "/v1/users/ada/actions?fromDate=%2B1000000000-12-31T23:59:59Z", {}, "", 400],
  ["POST", "/v1/validate", { "Content-Type": "application/json; charset=no" }, "{}", 415],
  ["POST", "/v1/validate", { "Content-Type": "application/json; charset=," }, "{}", 415],
  ["POST", "/magic-link", { "Content-Type": "multipart/form-data" }, "t=a", 415],
  ["POST", "/magic-link", {}, "t=a", 415],
  ["POST", "/magic-link", { "Content-Type": "application/x-www-form-urlencoded; charset=no" }, "t=a", 415],
];

for (const [method, path, headers, body, status] of odd) {
  const what = `${method} ${path.slice(0, 60)} ${JSON.stringify(headers).slice(0, 80)}`;
  test(`given ${what}, when it is sent, then it is refused in the contract's shape`, async () => {
    const { url, apiSecret } = new Api(installation);

    const answer = await call(url, method, path, { headers: { Authorization: basic(apiSecret), ...headers }, body });

    refusal(answer, status, "invalid_request");
  });
}

test("given all of that, when the process's output is read, then it has no stack trace", () => {
  assertNoStackTraceWasWritten(installation);
});
