// The client API, as any client of the tenant's would call it; and the server's hand in drawing the QR code.

/** A call that was refused, or did not get through (status 0). */
export class ApiError extends Error {
  constructor(code, status, retryAfterSeconds) {
    super(code);
    this.code = code;
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const send = async (method, path, token, body) => {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body && { "Content-Type": "application/json" }) },
      body: body && JSON.stringify(body),
    });
  } catch {
    throw new ApiError("network_error", 0);
  }
  if (response.ok) return response;
  const { errorCode = "network_error" } = await response.json().catch(() => ({}));
  throw new ApiError(errorCode, response.status, Number(response.headers.get("Retry-After")) || undefined);
};

const post = (path, token, body) => send("POST", path, token, body);
const ofUser = "/v1/client/user-authenticators";

/** Starts an enrolment; gives `uri` and `secret`. */
export const enrollTotp = async (token) => (await post("/v1/client/user-authenticators/totp", token, {})).json();

/** Tries a code; gives `isVerified`, and `accessToken` or `failureReason`. */
export const verifyTotp = async (token, verificationCode) =>
  (await post("/v1/client/verify/totp", token, { verificationCode })).json();

/** Tries a recovery code; gives the same. */
export const verifyRecoveryCode = async (token, verificationCode) =>
  (await post("/v1/client/verify/recovery-code", token, { verificationCode })).json();

/** Has a set of recovery codes made; gives `recoveryCodes`, as they are shown. */
export const issueRecoveryCodes = async (token) => (await post("/v1/client/recovery-codes", token, {})).json();

/** What the browser is to make a passkey by: `challengeId` and `options`. */
export const newPasskey = async (token) => (await post(`${ofUser}/passkey/registration-options`, token, {})).json();

/** Binds what it made; gives `isVerified`, and `accessToken` or `failureReason`. */
export const bindPasskey = async (token, challengeId, registrationCredential) =>
  (await post(`${ofUser}/passkey`, token, { challengeId, registrationCredential })).json();

/** What the browser is to ask for a passkey by: `challengeId` and `options`. */
export const passkeyRequest = async (token) => (await post(`${ofUser}/passkey/authentication-options`, token, {})).json();

/** Answers with the passkey; gives `isVerified`, and `accessToken` or `failureReason`. */
export const verifyPasskey = async (token, challengeId, authenticationCredential) =>
  (await post("/v1/client/verify/passkey", token, { challengeId, authenticationCredential })).json();

const emailMethod = { EMAIL_OTP: "email-otp", EMAIL_MAGIC_LINK: "email-magic-link" };

/** Has a code or a link sent to an address that is to be bound. */
export const bindEmail = (token, method, email) => post(`${ofUser}/${emailMethod[method]}`, token, { email });

/** Has a code or a link sent to the address that is bound, or about to be. */
export const sendMail = (token, method) => post(`/v1/client/challenge/${emailMethod[method]}`, token, {});

/** Tries a code from a mail; gives `isVerified`, and `accessToken` or `failureReason`. */
export const verifyEmailCode = async (token, verificationCode) =>
  (await post("/v1/client/verify/email-otp", token, { verificationCode })).json();

/** Whether the link in a mail was confirmed; gives `isVerified`, and `accessToken` if so. */
export const linkConfirmed = async (token) =>
  (await post("/v1/client/verify/email-magic-link/finalize", token, {})).json();

/** The user's authenticators. */
export const authenticators = async (token) => (await send("GET", ofUser, token)).json();

const one = (id) => `${ofUser}/${encodeURIComponent(id)}`;

/** Has one offered first from now on. */
export const makeDefault = (token, id) => send("PATCH", one(id), token, { isDefault: true });

/** Removes one. */
export const removeAuthenticator = (token, id) => send("DELETE", one(id), token);

/** The URI as a QR code: SVG text. */
export const qrCode = async (token, uri) => (await post("/ui/qr", token, { uri })).text();
