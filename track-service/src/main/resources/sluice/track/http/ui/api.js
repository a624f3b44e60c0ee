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

const post = async (path, token, body) => {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new ApiError("network_error", 0);
  }
  if (response.ok) return response;
  const { errorCode = "network_error" } = await response.json().catch(() => ({}));
  throw new ApiError(errorCode, response.status, Number(response.headers.get("Retry-After")) || undefined);
};

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

/** The URI as a QR code: SVG text. */
export const qrCode = async (token, uri) => (await post("/ui/qr", token, { uri })).text();
