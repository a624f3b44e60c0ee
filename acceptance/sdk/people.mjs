// The users of the tests, and the authenticator apps on their phones.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { success } from "./http.mjs";

const stepMillis = 30_000;
const edgeMillis = 4_000;

export const newUser = () => `user-${randomUUID()}`;

/** An authenticator app that was set up with a base32 secret. */
export class AuthenticatorApp {
  constructor(secret) {
    this.totp = new TOTP({ secret: Secret.fromBase32(secret) });
  }

  /** What it shows, some time steps from now. The server accepts one step to each side, and each step once. */
  code(steps = 0) {
    return this.totp.generate({ timestamp: Date.now() + steps * stepMillis });
  }

  /**
   * What it showed a step ago, while that is still accepted: the one to enrol with. The current code and the next are
   * then still good, and no test has to wait for a step of 30 s to pass.
   */
  async previousCode() {
    const left = stepMillis - (Date.now() % stepMillis);
    if (left < edgeMillis) await new Promise((done) => setTimeout(done, left + 100));
    return this.code(-1);
  }

  /** A code that is wrong now and stays wrong while the test runs. */
  wrongCode() {
    const right = [-3, -2, -1, 0, 1, 2, 3].map((steps) => this.code(steps));
    return ["000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777"].find(
      (code) => !right.includes(code),
    );
  }
}

/** A user who has just enrolled an authenticator app. */
export const enrolledUser = async (api, userId = newUser(), attributes = {}) => {
  const { token } = success(await api.track(userId, "enroll", attributes));
  const { secret, userAuthenticatorId } = success(await api.enroll(token));
  const app = new AuthenticatorApp(secret);
  const verified = success(await api.verify(token, await app.previousCode()));
  assert.equal(verified.isVerified, true, JSON.stringify(verified));
  return { userId, secret, app, userAuthenticatorId, enrolmentToken: token };
};

/** A new challenge of the user: the answer to the track call. */
export const challenge = async (api, userId, action = "signIn", attributes = {}) => {
  const tracked = success(await api.track(userId, action, attributes));
  assert.equal(tracked.state, "CHALLENGE_REQUIRED");
  return tracked;
};
