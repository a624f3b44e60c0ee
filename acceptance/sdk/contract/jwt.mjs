// Reads and forges JWTs.
import { createHmac } from "node:crypto";

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decoded = (part) => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

export const headerOf = (token) => decoded(token.split(".")[0]);
export const claimsOf = (token) => decoded(token.split(".")[1]);

/** A token with these parts, signed with a key of the forger's own. */
export const forged = (header, claims, key) => {
  const signed = `${encoded(header)}.${encoded(claims)}`;
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
};

/** The token with other claims under the signature that it had. */
export const altered = (token, claims) => {
  const [header, , signature] = token.split(".");
  return `${header}.${encoded({ ...claimsOf(token), ...claims })}.${signature}`;
};

/** The token's claims with no signature, and a header that says so. */
export const unsigned = (token, algorithm) =>
  `${encoded({ ...headerOf(token), alg: algorithm })}.${token.split(".")[1]}.`;
