// Passkeys, by the browser's own WebAuthn; what it takes and gives, as JSON.

// In a frame of another site, browsers ask only where that site lets the frame, as the browser SDK's popup does. Not
// every browser tells; one that does not is asked.
const isLet = document.featurePolicy?.allowsFeature("publickey-credentials-get") ?? true;

// No passkey can belong to an address.
const isAddress = /^[\d.]+$|:/.test(location.hostname);

/** Whether this page can ask for a passkey. */
export const canUsePasskeys = isSecureContext && "PublicKeyCredential" in window && isLet && !isAddress;

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=/g, "");
const described = (all = []) => all.map((each) => ({ ...each, id: bytes(each.id) }));

const json = ({ id, rawId, type, authenticatorAttachment, response }, fields) => ({
  id,
  rawId: text(rawId),
  type,
  authenticatorAttachment: authenticatorAttachment ?? undefined,
  response: Object.fromEntries(fields.filter((each) => response[each]).map((each) => [each, text(response[each])])),
  clientExtensionResults: {},
});

/** Makes a passkey; gives a RegistrationResponseJSON. */
export const createPasskey = async (options) => {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: described(options.excludeCredentials),
  };
  const made = await navigator.credentials.create({ publicKey });
  const result = json(made, ["clientDataJSON", "attestationObject"]);
  result.response.transports = made.response.getTransports?.() ?? [];
  return result;
};

/** Asks for a passkey; gives an AuthenticationResponseJSON. */
export const askForPasskey = async (options) => {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: described(options.allowCredentials),
  };
  const answer = await navigator.credentials.get({ publicKey });
  return json(answer, ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
};
