// The suites that can run with what this machine has, a line each, to standard output; what the others lack, to standard
// error. With SLUICE_TEST_WHOLE set (in CI) one that lacks anything is a failure.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { chromiumPath } from "./chromium.mjs";

const folder = dirname(fileURLToPath(import.meta.url));

const toolchains = [
  {
    name: "Chromium, on the path or named by CHROMIUM",
    isHere: () => chromiumPath() !== undefined,
    isUsedBy: (text) => text.includes('from "./chromium.mjs"'),
  },
  {
    name: "Python 3.11 or newer, as python3, with venv and pip",
    isHere: () =>
      spawnSync("python3", ["-c", "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"]).status === 0,
    isUsedBy: (text) => text.includes('"python3"'),
  },
].map((toolchain) => ({ ...toolchain, here: toolchain.isHere() }));

const textsOf = (file, texts = new Map()) => {
  if (texts.has(file)) return texts;
  const text = readFileSync(join(folder, file), "utf8");
  texts.set(file, text);
  for (const [, imported] of text.matchAll(/from "\.\/([\w.-]+\.mjs)"/g)) textsOf(imported, texts);
  return texts;
};

for (const suite of readdirSync(folder).filter((file) => file.endsWith(".test.mjs"))) {
  const texts = [...textsOf(suite).values()];
  const lacking = toolchains.filter(({ here, isUsedBy }) => !here && texts.some(isUsedBy)).map(({ name }) => name);
  if (lacking.length === 0) console.log(suite);
  else {
    console.error(`sluice test: ${suite} is left out, for it needs ${lacking.join("; ")}`);
    if (process.env.SLUICE_TEST_WHOLE) process.exitCode = 1;
  }
}
