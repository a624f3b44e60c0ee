// The contract's calls over bare HTTP, as a backend, a user's client and an operator make them.
import { call } from "./http.mjs";

export const basic = (name) => `Basic ${Buffer.from(`${name}:`).toString("base64")}`;
export const bearer = (token) => `Bearer ${token}`;

/** Calls one ingress of an installation; every method gives the bare answer. */
export class Api {
  constructor(installation, url = `http://127.0.0.1:${installation.httpPort}`) {
    this.url = url;
    this.tenantId = installation.tenantId;
    this.apiSecret = installation.apiSecret;
    this.managementSecret = installation.managementSecret;
  }

  /** Sends a JSON body, where there is one, with the given Authorization header, where there is one. */
  send(method, path, authorization, body) {
    const headers = authorization ? { Authorization: authorization } : {};
    if (body !== undefined) headers["Content-Type"] = "application/json";
    return call(this.url, method, `/v1${path}`, {
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  backend(method, path, body) {
    return this.send(method, path, basic(this.apiSecret), body);
  }

  management(method, path, body) {
    return this.send(method, `/management/action-configurations${path}`, basic(this.managementSecret), body);
  }

  /** One of what there is once for a tenant: tenant, theme, message-overrides. */
  setting(method, name, body) {
    return this.send(method, `/management/${name}`, basic(this.managementSecret), body);
  }

  track(userId, action, body = {}) {
    return this.backend("POST", `/users/${encodeURIComponent(userId)}/actions/${action}`, body);
  }

  validate(body) {
    return this.backend("POST", "/validate", body);
  }

  user(userId) {
    return this.backend("GET", `/users/${encodeURIComponent(userId)}`);
  }

  authenticators(userId) {
    return this.backend("GET", `/users/${encodeURIComponent(userId)}/authenticators`);
  }

  action(userId, action, idempotencyKey) {
    return this.backend(
      "GET",
      `/users/${encodeURIComponent(userId)}/actions/${action}/${encodeURIComponent(idempotencyKey)}`,
    );
  }

  actions(userId, query = "") {
    return this.backend("GET", `/users/${encodeURIComponent(userId)}/actions${query}`);
  }

  enroll(token) {
    return this.send("POST", "/client/user-authenticators/totp", bearer(token), {});
  }

  verify(token, verificationCode) {
    return this.send("POST", "/client/verify/totp", bearer(token), { verificationCode });
  }
}
