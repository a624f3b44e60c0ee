// Paths, ids, queries and headers, good and bad: the contract's error JSON, or the right answer, and never a page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { basic } from "../api.mjs";
import { call, refusal, success } from "../http.mjs";

/** Ids that are legal, so they must work and come back the same. */
const oddIds = {
  emoji: "👩‍🚀🇪🇺",
  "composed accents": "\u00e9cole",
  "combining accents": "e\u0301cole",
  "right to left": "\u202eمستخدم",
  "zero width": "a\u200bb",
  spaces: " a  b ",
  plus: "a+b",
  percent: "100%",
  "an encoded slash that is text": "a%2Fb",
  slash: "a/b",
  "dot segments and slashes": "../../etc/passwd",
  backslash: "..\\..\\x",
  "one dot": ".",
  "two dots": "..",
  semicolon: "a;jsessionid=1",
  "question mark and hash": "a?b#c",
  quotes: `"'<script>alert(1)</script>`,
  "e-mail": "ada@example.com",
  "provider prefix": "auth0|5f7c8ec7c33c6c004bbafe82",
  urn: "urn:user:1",
  control: "a\nb\tc\u007f",
  "supplementary plane": "\u{10ffff}\u{1f600}",
  longest: "x".repeat(256),
};

export const paths = (api) => {
  test("given an action code that is none, when it is in a path, then it is an invalid request", async () => {
    for (const code of ["two%20words", "a.b", "%F0%9F%98%80", "x".repeat(65), "%2e%2e", "a%2Fb", "%00"]) {
      refusal(await api.backend("POST", `/users/u/actions/${code}`, {}), 400, "invalid_request");
      refusal(await api.backend("GET", `/users/u/actions/${code}/key`), 400, "invalid_request");
      refusal(await api.management("GET", `/${code}`), 400, "invalid_request");
    }
  });

  test("given a query that can't be, when actions are asked for, then it is an invalid request", async () => {
    for (const query of [
      "?state=MAYBE",
      "?state=UNKNOWN",
      "?fromDate=yesterday",
      "?fromDate=2026-13-01",
      "?codes=a%20b",
      "?codes=,",
      `?codes=${"x".repeat(65)}`,
    ]) {
      refusal(await api.actions("u", query), 400, "invalid_request");
    }
  });

  test("given a path or method that is not there, when it is called, then it is refused in the contract's shape", async () => {
    for (const path of [
      "/",
      "/nothing",
      "/v1",
      "/v1/",
      "/v1/nothing",
      "/v1/users/u/nothing",
      "/v1/users/u/", // the raw form of the user "u/", who is not "u"
      "/v2/validate",
      "/v1/client/nothing",
      "/v1/management/nothing",
      "/V1/validate",
      "/index.html",
      "/.git/config",
      "//",
      "/v1/client/verify/totp/more",
    ]) {
      refusal(
        await call(api.url, "GET", path, { headers: { Authorization: basic(api.apiSecret) } }),
        404,
        "invalid_request",
      );
    }
    for (const [method, path] of [
      ["GET", "/validate"],
      ["DELETE", "/validate"],
      ["PUT", "/users/u/actions/signIn"],
      ["GET", "/client/verify/totp"],
      ["PUT", "/client/user-authenticators/totp"],
      ["PUT", "/management/action-configurations/x"],
    ]) {
      refusal(await api.backend(method, path), 405, "invalid_request");
    }
  });

  test("given an odd but legal user id, when it goes through the flow, then every answer has it as it was", async () => {
    for (const [what, userId] of Object.entries(oddIds)) {
      const { token } = success(await api.track(userId, "signIn", { username: what }));
      assert.equal(success(await api.validate({ token, userId })).userId, userId, what);
      assert.equal(success(await api.enroll(token)).userId, userId, what);
      assert.equal(success(await api.user(userId)).username, what);
      assert.equal(success(await api.actions(userId)).length, 1, what);
    }
  });

  test("given ids that some servers take for one, when each is tracked, then they are users of their own", async () => {
    const twins = [
      "twin",
      "Twin",
      "twin ",
      "twin/",
      "twin/.",
      "twin%20",
      "twin+",
      "tw\u00edn",
      "twi\u0301n",
      "twin\u200b",
    ];
    for (const userId of twins) success(await api.track(userId, "signIn", { username: userId }));

    for (const userId of twins) {
      assert.equal(success(await api.user(userId)).username, userId);
      assert.equal(success(await api.actions(userId)).length, 1, userId);
    }
  });

  test("given an id that some SDKs send raw, when it is tracked, then it is decoded once and comes back", async () => {
    const raw = {
      "ada@example.com": "ada@example.com",
      "auth0|1": "auth0|1",
      "urn:user:1": "urn:user:1",
      "a+b": "a+b",
      "a;b=c": "a;b=c",
      "a%2540b": "a%40b",
      "a%2fb": "a/b",
      "%2e%2e%2f": "../",
      "a,b!$&'()*=~": "a,b!$&'()*=~",
    };

    for (const [sent, userId] of Object.entries(raw)) {
      const { token } = success(await api.backend("POST", `/users/${sent}/actions/signIn`, {}));
      assert.equal(success(await api.validate({ token })).userId, userId, sent);
    }
  });

  test("given an id that can't be transported, when it is tracked, then it is an invalid request", async () => {
    for (const id of [
      "%00",
      "a%00b",
      "%ff",
      "%c3",
      "%c0%ae",
      "%ed%a0%80",
      "%",
      "%zz",
      "a%2",
      "x".repeat(257),
      "x".repeat(3000),
      "%F0%9F%98%80".repeat(200),
    ]) {
      const answer = await api.backend("POST", `/users/${id}/actions/signIn`, {});
      refusal(answer, 400, "invalid_request");
      refusal(await api.backend("GET", `/users/${id}`), 400, "invalid_request");
    }
  });

  test("given a path that climbs, when it is called, then it reaches nothing but what its route answers", async () => {
    const climbing = [
      "/users/../actions/signIn",
      "/users/..%2f..%2fhealth/actions/signIn",
      "/users/./actions/signIn",
      "/users//actions/signIn",
      "/users/%2e%2e/actions/signIn",
      "/../v1/validate",
      "/client/../validate",
      "/users/u/actions/../../validate",
      "/users/..;/actions/signIn",
      "/management/..%2f..%2fvalidate",
      "/users/u%5c..%5c/actions/signIn",
    ];

    for (const path of climbing) {
      const answer = await api.backend("POST", path, {});
      if (answer.status === 200) {
        const { userId } = success(await api.validate({ token: success(answer).token }));
        assert.equal(userId, decodeURIComponent(path.split("/")[2]), path);
      } else {
        assert.ok(answer.status >= 400 && answer.status < 500, answer.call);
        refusal(answer, answer.status, answer.json?.errorCode);
      }
    }
  });

  test("given a path, a query or headers of many kilobytes, when they come, then they are refused, not a fault", async () => {
    const long = "x".repeat(20_000);
    for (const [path, headers] of [
      [`/v1/users/${long}`, {}],
      [`/v1/users/u/actions?codes=${long}`, {}],
      ["/v1/users/u", { "X-Long": long }],
    ]) {
      const answer = await call(api.url, "GET", path, { headers: { Authorization: basic(api.apiSecret), ...headers } });
      assert.ok(answer.status >= 400 && answer.status < 500, answer.call);
      refusal(answer, answer.status, "invalid_request");
    }
  });
};
