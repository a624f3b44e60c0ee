// Sites of the tenant's, on localhost, where passkeys work over http, and people who visit them with an authenticator
// of their own: the one that Chromium simulates.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { launchChromium } from "./chromium.mjs";
import { freePort } from "./sluice.mjs";

const bundle = readFileSync(fileURLToPath(new URL("./index.min.js", import.meta.resolve("@authsignal/browser"))));
const patience = 10_000;
const page = `<!doctype html><html lang="en"><title>Shop</title><script src="/authsignal.js"></script>
<label>Name <input autocomplete="username webauthn"></label></html>`;

/** One page on a port of localhost. */
export class Site {
  async choosePort() {
    this.port = await freePort();
    this.origin = `http://localhost:${this.port}`;
    return this;
  }

  async open() {
    this.server = createServer((request, response) => {
      if (request.url === "/authsignal.js") return response.setHeader("Content-Type", "text/javascript").end(bundle);
      return response.setHeader("Content-Type", "text/html").end(page);
    }).listen(this.port, "localhost");
    await once(this.server, "listening");
  }

  close() {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}

/** Chromium, and an authenticator in it for each visitor. */
export class Visitors {
  async open() {
    this.chrome = await launchChromium();
    return this;
  }

  async visitor(api, site) {
    const context = await this.chrome.newContext();
    context.setDefaultTimeout(patience);
    const tab = await context.newPage();
    const devtools = await context.newCDPSession(tab);
    await devtools.send("WebAuthn.enable", { enableUI: false });
    const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new Visitor(api, tab, devtools, authenticatorId).goTo(site);
  }

  async close() {
    await this.chrome?.close();
  }
}

class Visitor {
  /** What the SDK sent in its latest call of each path. */
  sent = {};

  constructor(api, tab, devtools, authenticatorId) {
    Object.assign(this, { api, tab, devtools, authenticatorId });
    tab.on("request", (request) => {
      if (request.method() === "POST") this.sent[new URL(request.url()).pathname] = request.postDataJSON();
    });
  }

  async goTo(site) {
    await this.tab.goto(site.origin);
    return this;
  }

  /** Calls the official SDK's passkey.signUp or signIn on the page: its answer, or the error that it threw. */
  async passkey(call, parameters) {
    return this.tab.evaluate(
      async ({ baseUrl, tenantId, call, parameters }) => {
        const sdk = new window.authsignal.Authsignal({ baseUrl, tenantId });
        try {
          return await sdk.passkey[call](parameters);
        } catch ({ name, code, message }) {
          return { thrown: { name, code, message } };
        }
      },
      { baseUrl: `${this.api.url}/v1`, tenantId: this.api.tenantId, call, parameters },
    );
  }

  signUp(parameters) {
    return this.passkey("signUp", parameters);
  }

  signIn(parameters) {
    return this.passkey("signIn", parameters);
  }

  /** Whether the one who holds the authenticator is who it knows: the finger, the face, the PIN. */
  async verifiesUser(isUserVerified) {
    await this.devtools.send("WebAuthn.setUserVerified", { authenticatorId: this.authenticatorId, isUserVerified });
  }

  async credentials() {
    const { credentials } = await this.devtools.send("WebAuthn.getCredentials", {
      authenticatorId: this.authenticatorId,
    });
    return credentials;
  }
}
