// Bodies and their fields, good and bad: the contract's error JSON, or the right answer, and never a fault of the server.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { basic, bearer } from "../api.mjs";
import { call, refusal, success } from "../http.mjs";
import { newUser } from "../people.mjs";

const json = "application/json";

/** Bodies that are no JSON object, each of which some client or attacker has sent somewhere. */
const noObjects = [
  "{",
  "}",
  "[]",
  "[{}]",
  '"text"',
  "1",
  "true",
  "null",
  "{} {}",
  "{'a':1}",
  '{"a":1,}',
  '{"a":1,"a":2}',
  '{"a":NaN}',
  "\u0000",
  '{"a":"\u0001"}',
  `${'{"a":'.repeat(2000)}1${"}".repeat(2000)}`,
  `{"a":${"9".repeat(5000)}}`,
];

const wrongTypes = [1, true, [], {}, ["a"]];

export const bodies = (api) => {
  const send = (method, path, contentType, body, authorization = basic(api.apiSecret)) => {
    const headers = {
      Authorization: authorization,
      "Content-Type": contentType,
      "Content-Length": Buffer.byteLength(body),
    };
    return call(api.url, method, `/v1${path}`, { headers, body });
  };
  const aToken = async () => success(await api.track(newUser(), "signIn")).token;

  /** Every call that takes a body, with the credential that it wants. */
  const callsWithBody = async () => {
    const token = bearer(await aToken());
    const operator = basic(api.managementSecret);
    const actionCode = `code-${randomUUID()}`;
    success(await api.management("POST", "", { actionCode }));
    return [
      ["POST", `/users/${newUser()}/actions/signIn`],
      ["POST", "/validate"],
      ["POST", "/client/user-authenticators/totp", token],
      ["POST", "/client/verify/totp", token],
      ["POST", "/client/verify/recovery-code", token],
      ["POST", "/client/recovery-codes", token],
      ["PATCH", `/client/user-authenticators/${randomUUID()}`, token],
      ["POST", "/management/action-configurations", operator],
      ["PATCH", `/management/action-configurations/${actionCode}`, operator],
    ];
  };

  test("given a body that is no JSON object, when any call brings it, then it is an invalid request", async () => {
    for (const [method, path, authorization] of await callsWithBody()) {
      for (const body of noObjects)
        refusal(await send(method, path, json, body, authorization), 400, "invalid_request");
      refusal(
        await send(method, path, json, Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), authorization),
        400,
        "invalid_request",
      );
    }
  });

  test("given a body of another content type, when any call brings it, then it is refused as such", async () => {
    for (const [method, path, authorization] of await callsWithBody()) {
      for (const type of [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "nonsense",
      ]) {
        refusal(await send(method, path, type, "{}", authorization), 415, "invalid_request");
      }
    }
    success(await send("POST", `/users/${newUser()}/actions/signIn`, "application/json; charset=utf-8", "{}"));
    success(await send("POST", `/users/${newUser()}/actions/signIn`, "Application/JSON", "{}"));
  });

  test("given a body of a mebibyte, when any call brings it, then it is too large, its length told beforehand or not", async () => {
    const large = `{"token":"${"x".repeat(1 << 20)}"}`;

    for (const [method, path, authorization] of await callsWithBody()) {
      refusal(await send(method, path, json, large, authorization), 413, "invalid_request");
      const headers = {
        Authorization: authorization ?? basic(api.apiSecret),
        "Content-Type": json,
        "Transfer-Encoding": "chunked",
      };
      refusal(await call(api.url, method, `/v1${path}`, { headers, body: large }), 413, "invalid_request");
    }
  });

  test("given a field of the wrong type or size, when an action is tracked, then it is an invalid request that names the field", async () => {
    const texts = [
      "idempotencyKey",
      "redirectUrl",
      "ipAddress",
      "userAgent",
      "deviceId",
      "scope",
      "email",
      "phoneNumber",
      "username",
      "locale",
    ];
    const bad = [
      ...texts.flatMap((field) => wrongTypes.map((value) => [field, value])),
      ...texts.map((field) => [field, "x".repeat(20_000)]),
      ...texts.map((field) => [field, "\ud800"]),
      ["idempotencyKey", ""],
      ["idempotencyKey", "a\u0000b"],
      ["redirectUrl", "javascript:alert(1)"],
      ["redirectUrl", "data:text/html,x"],
      ["redirectUrl", "//elsewhere.example"],
      ["redirectUrl", "no url"],
      ["redirectUrl", "http://"],
      ["custom", []],
      ["custom", "text"],
      ["custom", { nested: { a: 1 } }],
      ["custom", { list: [1] }],
      ["custom", Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`name${i}`, i]))],
      ["custom", { a: "x".repeat(20_000) }],
    ];

    for (const [field, value] of bad) {
      const told = refusal(await api.track(newUser(), "signIn", { [field]: value }), 400, "invalid_request");
      assert.ok(told.errorDescription.includes(field), `${field}: ${told.errorDescription}`);
    }
    for (const number of ["1e999", "-1e999"])
      refusal(
        await send("POST", `/users/${newUser()}/actions/signIn`, json, `{"custom":{"a":${number}}}`),
        400,
        "invalid_request",
      );
  });

  test("given fields that are null, unknown or just allowed, when an action is tracked, then it is tracked", async () => {
    const good = [
      { idempotencyKey: null, email: null, custom: null, scope: null, redirectUrl: null },
      { somethingNew: { of: ["a", "later", "SDK"] } },
      { redirectUrl: "http://localhost:3000", phoneNumber: "1234567890", redirectToSettings: true },
      { redirectUrl: "https://shop.example/a?b=c#d", custom: { a: "b", c: 1.5, d: false, e: null } },
      { scope: "unknown:scope add:authenticators" },
      { idempotencyKey: "👩‍🚀 / ? # % \u00e9" },
    ];

    for (const body of good)
      assert.equal(success(await api.track(newUser(), "signIn", body)).state, "CHALLENGE_REQUIRED");
  });

  test("given a missing or wrong field, when a token is validated, then it is an invalid request", async () => {
    const token = await aToken();
    const bad = [
      {},
      { token: null },
      { token: "" },
      { token: "x".repeat(10_000) },
      ...wrongTypes.map((value) => ({ token: value })),
      ...wrongTypes.map((value) => ({ token, action: value })),
      ...wrongTypes.map((value) => ({ token, userId: value })),
      { token: "\udc00" },
      { token, userId: "\ud800" },
    ];

    for (const body of bad) refusal(await api.validate(body), 400, "invalid_request");
  });

  test("given a missing or wrong code, when it is to be verified, then it is an invalid request and no attempt", async () => {
    const token = await aToken();
    const codes = [undefined, null, "", "x".repeat(1000), "\ud800", 123456, ...wrongTypes];

    for (const code of [...codes, ...codes]) refusal(await api.verify(token, code), 400, "invalid_request");
    assert.equal(success(await api.verify(token, "abcdef")).isVerified, false);
    assert.equal(success(await api.verify(token, "12345")).isVerified, false);
    assert.equal(success(await api.verify(token, "👩‍🚀")).isVerified, false);
  });

  test("given a missing or wrong field, when an action is configured, then it is an invalid request that names the field", async () => {
    const actionCode = `code-${randomUUID()}`;
    const bad = [
      ["actionCode", undefined],
      ["actionCode", ""],
      ["actionCode", "two words"],
      ["actionCode", "x".repeat(65)],
      ["actionCode", "../x"],
      ...wrongTypes.map((value) => ["actionCode", value]),
      ["defaultUserActionResult", "MAYBE"],
      ["defaultUserActionResult", "allow"],
      ["defaultUserActionResult", "UNKNOWN"],
      ["defaultUserActionResult", ""],
      ...wrongTypes.map((value) => ["defaultUserActionResult", value]),
      ...[1, true, "SMS", {}, ["CARRIER_PIGEON"], [1], [null], Array(1000).fill("SMS")].map((value) => [
        "verificationMethods",
        value,
      ]),
      ["promptToEnrollVerificationMethods", ["CARRIER_PIGEON"]],
      ["defaultVerificationMethod", "CARRIER_PIGEON"],
      ...wrongTypes.map((value) => ["defaultVerificationMethod", value]),
      ["messagingTemplates", { en: "x".repeat(100_000) }],
    ];

    for (const [field, value] of bad) {
      const told = refusal(await api.management("POST", "", { actionCode, [field]: value }), 400, "invalid_request");
      assert.ok(
        told.errorDescription.includes(field === "actionCode" ? "action" : field),
        `${field}: ${told.errorDescription}`,
      );
    }
    refusal(await api.management("GET", `/${actionCode}`), 404, "invalid_request");
  });
};
