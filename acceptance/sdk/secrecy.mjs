// What must not be read by those who read logs, and what must not lie in clear in the data directory.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Secret } from "otpauth";

const forms = {
  "a token": /eyJ[\w-]{8,}\.[\w-]+/,
  "a TOTP secret": /\b[A-Z2-7]{32}\b/,
  "an e-mail address": /[\w.+-]+@[\w-]+\.[a-z]{2,}/i,
};

/** Checks that no process of the installation wrote a secret, of these or of any that looks like one. */
export const assertNothingSecretWasWritten = ({ processes, apiSecret, managementSecret }, secrets = []) => {
  for (const { output, file } of processes) {
    for (const secret of [apiSecret, managementSecret, ...secrets]) {
      assert.ok(!output.includes(secret), `a secret was written: ${file}`);
    }
    for (const [what, form] of Object.entries(forms)) assert.doesNotMatch(output, form, `${what} was written: ${file}`);
  }
};

/** Checks that no process met what nobody foresaw. A broker whose power was cut may log traces of its own; they pass. */
export const assertNoStackTraceWasWritten = ({ processes }) => {
  for (const { output, file } of processes)
    assert.doesNotMatch(output, /^\s+at (?:\S+\/)?sluice\..+\(.*\)$/m, `a stack trace: ${file}`);
};

/** A broker that runs renames and removes files of its own between a listing and a reading. */
const contentOf = (file) => {
  try {
    return readFileSync(file);
  } catch (e) {
    if (e.code === "ENOENT") return Buffer.alloc(0);
    throw e;
  }
};

/**
 * Checks that log, state and snapshots hold nothing of this in clear. The file of credentials is for its owner's eyes
 * only and is left out.
 */
export const assertNothingLiesInClear = (dataDirectory, texts, totpSecrets) => {
  const needles = [
    ...texts.map((text) => Buffer.from(text)),
    ...totpSecrets.flatMap((secret) => [Buffer.from(secret), Buffer.from(Secret.fromBase32(secret).bytes)]),
  ];
  const files = readdirSync(dataDirectory, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  for (const { parentPath, path, name } of files.filter((each) => each.name !== "credentials")) {
    const file = join(parentPath ?? path, name);
    const content = contentOf(file);
    needles.forEach((needle, index) =>
      assert.ok(!content.includes(needle), `secret ${index} lies in clear in ${file}`),
    );
  }
};
