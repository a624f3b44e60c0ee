// The official Go modules: from the module proxy, in exactly the versions that are named here and in ../go/go.mod, or
// from a folder of their sources that AUTHSIGNAL_GO_SOURCES names. All that is made lies in ../go/target.
import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./programs.mjs";

const tests = fileURLToPath(new URL("../go/", import.meta.url));
const target = join(tests, "target");
const downloadPatience = 20_000;
const buildPatience = 900_000;
const provider = "github.com/authsignal/terraform-provider-authsignal";
const providerVersion = "v3.3.0";

/** Where the Terraform provider lies once it is built. */
export const providerFolder = join(target, "bin");

/** Each module that a folder has a folder for, by its name. */
const modulesIn = (folder) =>
  readdirSync(folder)
    .map((name) => resolve(folder, name))
    .filter((each) => existsSync(join(each, "go.mod")))
    .map((each) => [/^module (\S+)/m.exec(readFileSync(join(each, "go.mod"), "utf8"))[1], each]);

const given = process.env.AUTHSIGNAL_GO_SOURCES;
const sources = given && new Map(modulesIn(given));

const runGo = (cwd, flags, args, { settings, patience } = {}) =>
  run("go", args, {
    cwd,
    settings: { GOBIN: providerFolder, GOWORK: "off", GOFLAGS: `${process.env.GOFLAGS ?? ""} ${flags}`.trim(), ...settings },
    patience,
  });

/** Makes a copy of a module's file, in which the sources, where there are any, stand for their modules; gives its flags. */
const ownModFile = async (folder, name) => {
  const file = join(target, `${name}.mod`);
  copyFileSync(join(folder, "go.mod"), file);
  if (existsSync(join(folder, "go.sum"))) copyFileSync(join(folder, "go.sum"), join(target, `${name}.sum`));
  const replacements = [...(sources ?? [])].map(([module, at]) => `-replace=${module}=${at}`);
  if (replacements.length > 0) {
    const { code, output } = await runGo(folder, "", ["mod", "edit", ...replacements, file]);
    assert.equal(code, 0, output);
  }
  return `-mod=mod -modfile=${file}`;
};

let flags = "";

/** Runs the go tool in the folder of the Go tests; gives exit code and output. */
export const go = (args, options) => runGo(tests, flags, args, options);

/** Why a module, or without a name all that the tests need, can't be had, in one line; undefined if it can. */
const refusalOf = async (...module) => {
  const { code, output } = await go(["mod", "download", ...module], { patience: downloadPatience });
  return code === 0 ? undefined : `not to be had here: ${output.trim().split("\n")[0] || code}`;
};

const lookForClients = async () => {
  const { code } = await go(["version"], { patience: downloadPatience });
  if (code !== 0) return `no go that runs: ${code}`;
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  flags = await ownModFile(tests, "tests");
  return refusalOf();
};

const lookForProvider = async () => {
  const { code } = await run("terraform", ["version"], { cwd: tests, settings: { CHECKPOINT_DISABLE: "1" } });
  if (code !== 0) return `no terraform that runs: ${code}`;
  if (!sources) return refusalOf(`${provider}@${providerVersion}`);
  return sources.has(provider) ? undefined : "AUTHSIGNAL_GO_SOURCES has not the provider's";
};

/** Why the official clients can't be had here, in one line; undefined if they can. */
export const clientsAreMissing = await lookForClients();
if (given) assert.equal(clientsAreMissing, undefined, "AUTHSIGNAL_GO_SOURCES is set");

/** Why the official Terraform provider can't be had here, in one line; undefined if it can. */
export const providerIsMissing = clientsAreMissing ?? (await lookForProvider());

/** Builds the provider into its folder. */
export const buildProvider = async () => {
  const at = sources?.get(provider);
  const { code, output } = at
    ? await runGo(at, await ownModFile(at, "provider"), ["install", "."], { patience: buildPatience })
    : await runGo(tests, "", ["install", `${provider}@${providerVersion}`], { patience: buildPatience });
  assert.equal(code, 0, output);
};
