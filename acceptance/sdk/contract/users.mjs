// Users who are looked for by what is known of them, through the official server SDK and over bare HTTP.
import assert from "node:assert/strict";
import { randomInt, randomUUID } from "node:crypto";
import { test } from "node:test";
import { basic, bearer } from "../api.mjs";
import { refusal, success } from "../http.mjs";
import { newUser } from "../people.mjs";
import { serverSdk } from "../sdks.mjs";
import { altered, claimsOf } from "./jwt.mjs";

const newNumber = () => `+64 21 ${randomInt(1e8, 1e9)}`;
const idsOf = ({ users }) => users.map((each) => each.userId);

export const users = (api) => {
  const server = serverSdk(api);
  const find = (query) => api.backend("GET", `/users?${new URLSearchParams(query)}`);

  test("given a user who was updated a moment ago, when looked for by each attribute, then the SDK finds them", async () => {
    const userId = newUser();
    const attributes = {
      email: `Ada.${randomUUID()}@shop.example`,
      emailVerified: true,
      phoneNumber: newNumber(),
      username: `ada ${randomUUID()}`,
    };
    await server.updateUser({ userId, attributes });

    for (const by of [
      { email: attributes.email },
      { email: attributes.email.toUpperCase() },
      { phoneNumber: attributes.phoneNumber },
      { phoneNumber: attributes.phoneNumber.replaceAll(" ", "") },
      { username: attributes.username },
      { username: attributes.username, email: attributes.email, phoneNumber: attributes.phoneNumber },
    ]) {
      const found = await server.queryUsers(by);
      assert.deepEqual(found, { users: [{ userId, ...attributes, phoneNumberVerified: false }] });
    }
  });

  test("given an address that was changed or reset, when looked for, then it finds nobody any more", async () => {
    const userId = newUser();
    const [old, email] = [`old-${userId}@shop.example`, `new-${userId}@shop.example`];
    await server.track({ userId, action: "signIn", attributes: { email: old } });
    assert.deepEqual(idsOf(await server.queryUsers({ email: old })), [userId]);

    await server.updateUser({ userId, attributes: { email } });
    assert.deepEqual(idsOf(await server.queryUsers({ email: old })), []);
    assert.deepEqual(idsOf(await server.queryUsers({ email })), [userId]);

    await server.deleteUser({ userId });
    assert.deepEqual(idsOf(await server.queryUsers({ email })), []);
  });

  test("given users who share a number, when paged through by the SDK, then each comes once, in order", async () => {
    const phoneNumber = newNumber();
    const userIds = Array.from({ length: 7 }, newUser).sort();
    await Promise.all(userIds.map((userId) => server.updateUser({ userId, attributes: { phoneNumber } })));

    const pages = [];
    let lastEvaluatedUserId;
    do {
      const page = await server.queryUsers({ phoneNumber, limit: 3, lastEvaluatedUserId });
      pages.push(idsOf(page));
      ({ lastEvaluatedUserId } = page);
    } while (lastEvaluatedUserId !== undefined);

    assert.deepEqual(pages, [userIds.slice(0, 3), userIds.slice(3, 6), userIds.slice(6)]);
  });

  test("given a token, when its user is looked for, then they come with the token's claims", async () => {
    const userId = newUser();
    const { token } = await server.track({ userId, action: "signIn" });

    const { users, tokenPayload } = await server.queryUsers({ token });

    assert.deepEqual(users, [{ userId, emailVerified: false, phoneNumberVerified: false }]);
    assert.deepEqual(tokenPayload, claimsOf(token));
    await assert.rejects(server.queryUsers({ token: altered(token, { sub: newUser() }) }), {
      statusCode: 401,
      errorCode: "invalid_token",
    });
  });

  test("given nothing to look for, or what can't be, when users are looked for, then it is refused", async () => {
    for (const query of ["", "?limit=10", "?email=", "?lastEvaluatedUserId=a", "?email=a&limit=0", "?email=a&limit=101"])
      refusal(await api.backend("GET", `/users${query}`), 400, "invalid_request");
    refusal(await find({ email: "x".repeat(513) }), 400, "invalid_request");
    refusal(await find({ email: "a", lastEvaluatedUserId: "a\0b" }), 400, "invalid_request");
    refusal(await api.backend("POST", "/users", {}), 405, "invalid_request");
    assert.deepEqual(success(await find({ phoneNumber: "no digits" })), { users: [] });
  });

  test("given another credential than the server key, when users are looked for, then it is refused", async () => {
    const { token } = success(await api.track(newUser(), "signIn"));
    for (const other of [undefined, basic("wrong"), basic(api.managementSecret), basic(api.tenantId), bearer(token)])
      refusal(await api.send("GET", "/users?email=a", other), 401, "unauthorized");
  });
};
