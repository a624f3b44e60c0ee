// A tenant's own site, of another origin than Sluice's, and people who visit it with a real browser.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { launchChromium } from "./chromium.mjs";

const bundle = readFileSync(fileURLToPath(new URL("./index.min.js", import.meta.resolve("@authsignal/browser"))));
const patience = 10_000;
const page = `<!doctype html><html lang="en"><title>Shop</title><script src="/authsignal.js"></script><h1>Shop</h1></html>`;

const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><path fill="#7a1fa2" d="M0 0h120v40H0z"/></svg>`;

/** Serves one page at every path but those of its script, its logo and its font; at /quiet it tells nobody where its visitors come from. */
export class Shop {
  async open() {
    this.server = createServer((request, response) => {
      if (request.url === "/authsignal.js") return response.setHeader("Content-Type", "text/javascript").end(bundle);
      if (request.url.startsWith("/logo")) return response.setHeader("Content-Type", "image/svg+xml").end(logo);
      if (request.url === "/font.woff2") return response.setHeader("Access-Control-Allow-Origin", "*").end("no font");
      if (request.url.startsWith("/quiet")) response.setHeader("Referrer-Policy", "no-referrer");
      return response.setHeader("Content-Type", "text/html").end(page);
    }).listen(0, "127.0.0.1");
    await once(this.server, "listening");
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    this.chrome = await launchChromium();
    return this;
  }

  /** A new visitor, whose browser notes every request and every breach of a page's policy. */
  async visitor(options = {}) {
    const context = await this.chrome.newContext(options);
    const visitor = new Visitor(context, this.url);
    context.on("request", (request) => visitor.requests.push(request.url()));
    context.on("console", (message) => visitor.heard(message));
    context.on("weberror", (error) => visitor.faults.push(String(error.error())));
    context.setDefaultTimeout(patience);
    visitor.tab = await context.newPage();
    return visitor;
  }

  async close() {
    await this.chrome?.close();
    this.server?.closeAllConnections();
    this.server?.close();
  }
}

class Visitor {
  requests = [];
  breaches = [];
  faults = [];

  constructor(context, shopUrl) {
    this.context = context;
    this.shopUrl = shopUrl;
  }

  heard(message) {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) this.breaches.push(message.text());
  }

  /** Opens the shop's page and calls the SDK's launch there; the page keeps what comes of it. */
  async launch(url, options, path = "/") {
    await this.tab.goto(this.shopUrl + path);
    await this.tab.evaluate(
      ({ url, options }) => {
        window.messages = [];
        window.errors = [];
        window.addEventListener("message", ({ data, origin }) => window.messages.push({ data, origin }));
        const sdk = new window.authsignal.Authsignal({ baseUrl: `${new URL(url).origin}/v1`, tenantId: "any" });
        window.launched = sdk.launch(url, { ...options, onError: (error) => window.errors.push(error) });
      },
      { url, options },
    );
  }

  /** What launch() came to: its token, if any. */
  async launched() {
    return this.tab.evaluate(async (patience) => {
      const tooLate = new Promise((_, fail) => setTimeout(() => fail(new Error("launch() goes on")), patience));
      return (await Promise.race([window.launched, tooLate])).token;
    }, patience);
  }

  async errors() {
    return this.tab.evaluate(() => window.errors);
  }

  async messages() {
    return this.tab.evaluate(() => window.messages);
  }

  /** The SDK's popup. */
  get popup() {
    return this.tab.frameLocator("iframe[name=authsignal]");
  }
}
