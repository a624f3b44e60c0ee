// Who may call what: server key, management key and token are three kinds of credential.
import assert from "node:assert/strict";
import { test } from "node:test";
import { basic, bearer } from "../api.mjs";
import { call, refusal, success } from "../http.mjs";
import { newUser } from "../people.mjs";

const wrongKey = "The request is unauthorized. Check that your API key and region base URL are correctly configured.";
const withoutColon = (name) => `Basic ${Buffer.from(name).toString("base64")}`;

export const credentials = (api) => {
  const asked = (authorization, path = `/users/${newUser()}`) => api.send("GET", path, authorization);

  test("given the server key, when it comes with a colon, without one or with a password, then it opens the server API", async () => {
    for (const authorization of [
      basic(api.apiSecret),
      withoutColon(api.apiSecret),
      withoutColon(`${api.apiSecret}:password`),
      basic(api.apiSecret).replace("Basic", "basic"),
    ]) {
      success(await asked(authorization));
    }
  });

  test("given no server key, or not the right one, when the server API is called, then it is refused in the known words", async () => {
    const { token } = success(await api.track(newUser(), "signIn"));
    const wrong = [
      undefined,
      "",
      "Basic",
      "Basic ",
      "Basic %%%",
      basic(""),
      basic("wrong"),
      basic(`${api.apiSecret}x`),
      basic(api.apiSecret.slice(0, -1)),
      basic(api.tenantId),
      basic(api.managementSecret),
      bearer(api.apiSecret),
      bearer(token),
    ];

    for (const authorization of wrong) {
      assert.equal(refusal(await asked(authorization), 401, "unauthorized").errorDescription, wrongKey);
      refusal(await api.send("POST", "/validate", authorization, { token }), 401, "unauthorized");
      refusal(await api.send("POST", `/users/${newUser()}/actions/signIn`, authorization, {}), 401, "unauthorized");
    }
  });

  test("given no server key, when a user's path that is not there is called, then that it is not there is not told", async () => {
    const user = `/users/${newUser()}`;
    for (const [method, path] of [
      ["GET", `${user}/actions/signIn/`], // as the Go SDK asks for an action without a key
      ["GET", `${user}/nothing`],
      ["GET", `${user}/`],
      ["PUT", user],
    ]) {
      const answer = await api.send(method, path, basic("wrong"));
      assert.equal(refusal(answer, 401, "unauthorized").errorDescription, wrongKey);
      refusal(await api.send(method, path, basic(api.apiSecret)), method === "GET" ? 404 : 405, "invalid_request");
    }
  });

  test("given no management key, or a server key, when the management API is called, then it is refused", async () => {
    const { token } = success(await api.track(newUser(), "signIn"));

    for (const authorization of [undefined, basic("wrong"), basic(api.apiSecret), bearer(token)]) {
      for (const method of ["GET", "PATCH", "DELETE"]) {
        refusal(await api.send(method, "/management/action-configurations/signIn", authorization), 401, "unauthorized");
      }
      refusal(
        await api.send("POST", "/management/action-configurations", authorization, { actionCode: "x" }),
        401,
        "unauthorized",
      );
    }
  });

  test("given tenant credentials but no token, when the client API is called, then it is refused as the contract says", async () => {
    const ways = [
      withoutColon(encodeURIComponent(api.tenantId)),
      basic(api.tenantId),
      basic(api.apiSecret),
      basic(api.managementSecret),
      undefined,
    ];

    for (const authorization of ways) {
      refusal(await api.send("POST", "/client/user-authenticators/totp", authorization, {}), 401, "unauthorized");
      refusal(
        await api.send("POST", "/client/verify/totp", authorization, { verificationCode: "123456" }),
        401,
        "unauthorized",
      );
    }
  });

  test("given a page of any origin, when it asks beforehand, then it may call the client API, and read what is refused", async () => {
    const headers = {
      Origin: "http://shop.example",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,content-type",
    };
    for (const path of ["/v1/client/user-authenticators/totp", "/v1/client/verify/totp"]) {
      const { status, headers: allowed } = await call(api.url, "OPTIONS", path, { headers });
      assert.ok(status === 200 || status === 204, String(status));
      assert.ok(["*", headers.Origin].includes(allowed["access-control-allow-origin"]));
      assert.match(allowed["access-control-allow-methods"], /POST/);
      assert.match(allowed["access-control-allow-headers"], /authorization/i);
      assert.match(allowed["access-control-allow-headers"], /content-type/i);
      assert.equal(allowed["access-control-allow-credentials"], undefined, "no cookie is ever asked for");
    }
    const { Origin } = headers;
    for (const [method, path] of [
      ["POST", "/v1/client/verify/totp"],
      ["POST", "/v1/client/nothing"],
      ["PUT", "/v1/client/verify/totp"],
    ]) {
      const answer = await call(api.url, method, path, { headers: { Origin } });
      assert.ok(["*", Origin].includes(answer.headers["access-control-allow-origin"]), answer.call);
    }
  });
};
