// Bare HTTP. Not fetch: that one tidies paths (dot segments) before it sends them, and here they must arrive as given.
import assert from "node:assert/strict";
import { request } from "node:http";

const patience = 20_000;

/** Every answer that was the server's own fault, by the call that got it. */
export const serverFaults = [];

/** Sends a request; gives status, headers, text and, where the text is JSON, the value. */
export const call = (url, method, path, { headers = {}, body } = {}) =>
  new Promise((done, fail) => {
    const { hostname, port } = new URL(url);
    const sent = request({ hostname, port, method, path, headers, agent: false, timeout: patience });
    sent.on("response", (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", fail);
      response.on("end", () => done(answer(method, path, response, Buffer.concat(chunks).toString("utf8"))));
    });
    sent.on("timeout", () => sent.destroy(new Error(`${method} ${path}: no answer in ${patience} ms`)));
    sent.on("error", fail);
    sent.end(body);
  });

const answer = (method, path, { statusCode: status, headers }, text) => {
  if (status >= 500) serverFaults.push(`${method} ${path.slice(0, 100)} -> ${status} ${text}`);
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { call: `${method} ${path.slice(0, 100)}`, status, headers, text, json };
};

/** The answer's value, after checking what every success of the contract has in common (section 1). */
export const success = (answer) => {
  const told = `${answer.call} -> ${answer.status} ${answer.text}`;
  assert.equal(answer.status, 200, told);
  assert.match(answer.headers["content-type"], /^application\/json/, told);
  assert.notEqual(answer.json, undefined, told);
  assert.ok(!/:null[,}]/.test(answer.text), `unset fields are left out, not null: ${told}`);
  return answer.json;
};

/** Checks that the call was refused, in the contract's shape and in nothing but that shape (section 1). */
export const refusal = (answer, status, code) => {
  const told = `${answer.call} -> ${answer.status} ${answer.text}`;
  assert.equal(answer.status, status, told);
  assert.match(answer.headers["content-type"] ?? "", /^application\/json/, told);
  assert.deepEqual(Object.keys(answer.json ?? {}).sort(), ["error", "errorCode", "errorDescription"], told);
  assert.equal(answer.json.error, answer.json.errorCode, told);
  assert.equal(answer.json.errorCode, code, told);
  assert.ok(answer.json.errorDescription.length > 0, told);
  assert.doesNotMatch(answer.text, /Exception|\bat [a-z]+\.|<html/i, `no inner workings: ${told}`);
  return answer.json;
};
