// A real headless Chromium, which asks nobody but the pages under test.
import assert from "node:assert/strict";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

// Without these, Chromium looks for its maker's hosts at every start, which a closed network refuses at length.
const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Undefined where there is none. */
export const chromiumPath = () => {
  const folders = process.env.PATH.split(delimiter);
  return ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .concat(process.env.CHROMIUM ?? [])
    .findLast(isExecutable);
};

const isExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

export const launchChromium = () => {
  const executablePath = chromiumPath();
  assert.ok(executablePath, "no Chromium on the path: install it, or name it by CHROMIUM");
  return chromium.launch({ executablePath, args: quiet });
};
