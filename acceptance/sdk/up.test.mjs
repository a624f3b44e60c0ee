// One installation, all in one process: the flows, the contract and the browser, and what is left to see afterwards.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { Api } from "./api.mjs";
import { browser } from "./browser.mjs";
import { answers } from "./contract/answers.mjs";
import { attempts } from "./contract/attempts.mjs";
import { bodies } from "./contract/bodies.mjs";
import { credentials } from "./contract/credentials.mjs";
import { management } from "./contract/management.mjs";
import { paths } from "./contract/paths.mjs";
import { tokens } from "./contract/tokens.mjs";
import { users } from "./contract/users.mjs";
import { flows } from "./flows.mjs";
import { serverFaults, success } from "./http.mjs";
import { enrolledUser } from "./people.mjs";
import { rules } from "./rules.mjs";
import { assertNoStackTraceWasWritten, assertNothingLiesInClear, assertNothingSecretWasWritten } from "./secrecy.mjs";
import { Installation } from "./sluice.mjs";

const residentMiBMax = 1536;
const firstStartSecondsMax = 30;

const installation = await new Installation().choosePorts();
after(() => installation.end());
const sluice = await installation.up();
const api = new Api(installation);

test("given a built tree, when Sluice starts for the first time, then it says that it is ready, and where, soon", (t) => {
  const { address, tenantId, seconds } = sluice.readiness;
  t.diagnostic(`ready after ${seconds} s`);
  assert.deepEqual([address, tenantId], [api.url, installation.tenantId]);
  assert.ok(seconds <= firstStartSecondsMax, `${seconds} s`);
});

describe("the flows, through the official SDKs", () => flows(api));
describe("rules, through the official SDK", () => rules(api));
describe("the answers of the contract", () => answers(api));
describe("credentials", () => credentials(api));
describe("tokens", () => tokens(api));
describe("users who are looked for", () => users(api));
describe("attempts", () => attempts(api));
describe("the management API", () => management(api));
describe("bodies", () => bodies(api));
describe("paths", () => paths(api));
describe("the browser SDK in a real browser", () => browser(api));

test("given all of that, when the process is looked at, then its resident memory is at most 1.5 GiB", (t) => {
  t.diagnostic(`resident: ${sluice.residentMiB} MiB`);
  assert.ok(sluice.residentMiB <= residentMiBMax, `${sluice.residentMiB} MiB`);
});

test("given all of that, when the answers are counted, then none was a fault of the server", () => {
  assert.deepEqual(serverFaults, []);
});

test("given a user's secrets, when output and data directory are searched, then they are nowhere in clear", async () => {
  const email = "grace.hopper@navy.example";
  const phoneNumber = "+15550123456789";
  const { secret, enrolmentToken } = await enrolledUser(api, undefined, { email, phoneNumber });
  success(await api.validate({ token: enrolmentToken }));

  assertNothingSecretWasWritten(installation, [secret, enrolmentToken, email, phoneNumber]);
  assertNothingLiesInClear(
    installation.dataDirectory,
    [installation.apiSecret, installation.managementSecret, enrolmentToken, email, phoneNumber],
    [secret],
  );
});

test("given all of that, when the process's output is read, then it has no stack trace", () => {
  assertNoStackTraceWasWritten(installation);
});
