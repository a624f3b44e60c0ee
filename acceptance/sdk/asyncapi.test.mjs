// The AsyncAPI document is one: it keeps the specification's own schema. What is in it, schemas' tests hold.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import Ajv from "ajv";

const { schemas } = createRequire(import.meta.url)("@asyncapi/specs");
const document = JSON.parse(readFileSync(new URL("../../docs/asyncapi.json", import.meta.url), "utf8"));

/** The specification's schema has JSON Schema's own in it, so nothing is added to it. */
const ajv = new Ajv({ meta: false, validateSchema: false, strict: false, validateFormats: false });
const isAsyncApi = ajv.compile(schemas["3.0.0"]);

test("given the document, when held against the specification's schema, then it keeps it", () => {
  assert.ok(isAsyncApi(document), JSON.stringify(isAsyncApi.errors, null, 1));
});

test("given a document with a fault, when held against the schema, then it is refused", () => {
  const faulty = structuredClone(document);
  faulty.operations["read-decisions"].action = "listen";

  assert.ok(!isAsyncApi(faulty));
});

test("given every reference, when followed, then it leads somewhere", () => {
  const follow = (value) => {
    if (value === null || typeof value !== "object") return;
    if (typeof value.$ref === "string") {
      const parts = value.$ref.replace("#/", "").split("/");
      assert.ok(parts.reduce((at, part) => at?.[part], document), value.$ref);
    }
    Object.values(value).forEach(follow);
  };
  follow(document);
});
