// ./sluice as an operator meets it: what it prints, what it refuses and how.
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { Api } from "./api.mjs";
import { success } from "./http.mjs";
import { newUser } from "./people.mjs";
import { assertNothingSecretWasWritten } from "./secrecy.mjs";
import { Installation, SluiceProcess } from "./sluice.mjs";

const installations = [];
after(() => Promise.all(installations.map((each) => each.end())));

const newInstallation = async () => {
  const installation = await new Installation().choosePorts();
  installations.push(installation);
  return installation;
};

/** Runs a command to its end. */
const run = async (command, settings) => {
  const process = new SluiceProcess(command, settings);
  return { ...(await process.exited), stdout: process.stdout, stderr: process.stderr };
};

const credentialsOf = (text) =>
  Object.fromEntries(
    text
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/=(.*)/s, 2)),
  );

const assertRefusedInOneLine = ({ code, stdout, stderr }, ...words) => {
  assert.notEqual(code, 0);
  assert.doesNotMatch(stdout, /ready/);
  assert.doesNotMatch(stderr, /^\s+at |Exception/m);
  const lines = stderr.split("\n").filter((line) => words.every((word) => line.includes(word)));
  assert.equal(lines.length, 1, stderr);
};

test("given a port that another program has, when Sluice starts, then one line names the port and the setting", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const port = String(other.address().port);

  for (const setting of ["SLUICE_HTTP_PORT", "SLUICE_KAFKA_PORT"]) {
    const installation = await newInstallation();
    assertRefusedInOneLine(await run("up", { ...installation.settings, [setting]: port }), port, setting);
  }
  other.close();
});

test("given settings that can't be, when Sluice starts, then each is named with what was expected, and no secret is shown", async () => {
  const installation = await newInstallation();
  const bad = {
    SLUICE_HTTP_PORT: "99999",
    SLUICE_KAFKA_PORT: "many",
    SLUICE_PARTITIONS: "0",
    SLUICE_SESSION_TIMEOUT: "soon",
    SLUICE_PUBLIC_URL: "ftp://x",
    SLUICE_TENANT_ID: "two words",
    SLUICE_REPLY_TIMEOUT: "PT0S",
    SLUICE_CONFIG_FILE: "/nowhere",
  };

  for (const [name, value] of Object.entries(bad)) {
    assertRefusedInOneLine(await run("up", { ...installation.settings, [name]: value }), name, value);
  }
  const secret = await run("up", { ...installation.settings, SLUICE_API_SECRET: "hushhh" });
  assertRefusedInOneLine(secret, "SLUICE_API_SECRET");
  assert.ok(!(secret.stdout + secret.stderr).includes("hushhh"));
});

test("given a command that there is none of, when it is run, then the usage is shown and the exit code is 2", async () => {
  const { code, stderr } = await run("fly");

  assert.equal(code, 2);
  assert.match(stderr, /\.\/sluice up/);
});

test("given no data yet, when the credentials are asked for, then they are made, kept for their owner's eyes, and told again", async () => {
  const installation = await newInstallation();

  const first = await run("credentials", installation.place);
  const second = await run("credentials", installation.place);

  assert.equal(first.code, 0, first.stderr);
  assert.equal(first.stdout, second.stdout);
  const told = credentialsOf(first.stdout);
  assert.deepEqual(Object.keys(told), ["SLUICE_TENANT_ID", "SLUICE_API_SECRET", "SLUICE_MANAGEMENT_SECRET"]);
  for (const value of Object.values(told)) assert.ok(value.length >= 8);
  assert.notEqual(told.SLUICE_API_SECRET, told.SLUICE_MANAGEMENT_SECRET);
  const file = join(installation.dataDirectory, "credentials");
  assert.ok(existsSync(file));
  assert.equal(statSync(file).mode & 0o077, 0, "nobody else can read it");
});

test("given given credentials, when they are asked for, then those are told", async () => {
  const installation = await newInstallation();

  const { stdout } = await run("credentials", installation.settings);

  const { SLUICE_TENANT_ID, SLUICE_API_SECRET, SLUICE_MANAGEMENT_SECRET } = installation.settings;
  assert.deepEqual(credentialsOf(stdout), { SLUICE_TENANT_ID, SLUICE_API_SECRET, SLUICE_MANAGEMENT_SECRET });
});

test("given credentials that Sluice makes, when it runs and plays its demonstration, then they work and are never printed", async () => {
  const installation = await newInstallation();
  const sluice = await installation.up(installation.place);
  const told = credentialsOf((await run("credentials", installation.place)).stdout);
  const secrets = {
    tenantId: told.SLUICE_TENANT_ID,
    apiSecret: told.SLUICE_API_SECRET,
    managementSecret: told.SLUICE_MANAGEMENT_SECRET,
  };
  assert.equal(sluice.readiness.tenantId, told.SLUICE_TENANT_ID);
  const api = new Api({ ...secrets, httpPort: installation.httpPort });
  assert.equal(success(await api.track(newUser(), "signIn")).state, "CHALLENGE_REQUIRED");

  const demo = await run("demo", installation.place);

  assert.equal(demo.code, 0, demo.stdout + demo.stderr);
  assert.match(demo.stdout, /isValid\s+true/);
  assert.match(demo.stdout, /CHALLENGE_SUCCEEDED/);
  assert.doesNotMatch(demo.stdout, /"error"/);
  for (const secret of [secrets.apiSecret, secrets.managementSecret])
    assert.ok(!(demo.stdout + demo.stderr).includes(secret));
  assertNothingSecretWasWritten({ ...secrets, processes: installation.processes });

  const rotated = await run("rotate-secret server", installation.place);
  assert.equal(rotated.code, 0, rotated.stderr);
  const { SLUICE_API_SECRET: fresh } = credentialsOf(rotated.stdout);
  assert.equal(credentialsOf((await run("credentials", installation.place)).stdout).SLUICE_API_SECRET, fresh);
  const renewed = new Api({ ...secrets, apiSecret: fresh, httpPort: installation.httpPort });
  for (const caller of [api, renewed]) success(await caller.track(newUser(), "signIn"));
  assert.match((await run("retire-secret server", installation.place)).stdout, /^Retired: server secret [0-9a-f]{12}\.$/m);
  assert.equal((await api.track(newUser(), "signIn")).status, 401);
  success(await renewed.track(newUser(), "signIn"));
});

test("given no Sluice that runs, when the demonstration is played, then it starts one, plays, and ends by itself", async () => {
  const installation = await newInstallation();

  const { code, stdout, stderr } = await run("demo", installation.settings);

  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /isValid\s+true/);
});
