// A tenant's own site, of another origin than Sluice's, and people who visit it with a real browser.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { launchChromium } from "./chromium.mjs";

const bundle = readFileSync(fileURLToPath(new URL("./index.min.js", import.meta.resolve("@authsignal/browser"))));
const patience = 10_000;
const page = `<!doctype html><html lang="en"><title>Shop</title><script src="/authsignal.js"></script><h1>Shop</h1></html>`;

const picture = (width, height, shapes) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${shapes}</svg>`;
const pictures = {
  "/logo.svg": picture(132, 40, `<rect width="132" height="40" rx="20" fill="#7a1fa2"/><path d="M24 12h84M24 20h60M24 28h72" stroke="#fff" stroke-width="4"/>`),
  "/dark-logo.svg": picture(132, 40, `<rect width="132" height="40" rx="20" fill="#e0b0ff"/><path d="M24 12h84M24 20h60M24 28h72" stroke="#221133" stroke-width="4"/>`),
  "/watermark.svg": picture(96, 16, `<path d="M0 8h96" stroke="#8a8196" stroke-width="3" stroke-dasharray="9 5"/>`),
  "/favicon.svg": picture(16, 16, `<circle cx="8" cy="8" r="8" fill="#7a1fa2"/>`),
  "/backdrop.svg": picture(160, 100, `<rect width="160" height="100" fill="#f6effa"/><circle cx="20" cy="90" r="45" fill="#ead9f5"/><circle cx="150" cy="10" r="35" fill="#ead9f5"/>`),
  "/dark-backdrop.svg": picture(160, 100, `<rect width="160" height="100" fill="#0e1116"/><circle cx="20" cy="90" r="45" fill="#1f1729"/><circle cx="150" cy="10" r="35" fill="#1f1729"/>`),
};

/** Serves one page at every path but those of its script, its pictures and its font; at /quiet it tells nobody where its visitors come from. */
export class Shop {
  async open() {
    this.server = createServer((request, response) => {
      if (request.url === "/authsignal.js") return response.setHeader("Content-Type", "text/javascript").end(bundle);
      const shown = pictures[request.url];
      if (shown) return response.setHeader("Content-Type", "image/svg+xml").end(shown);
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

/** Calls the SDK's launch on a page that has the SDK; the page keeps what comes of it. */
export const launch = (tab, url, options) =>
  tab.evaluate(
    ({ url, options }) => {
      window.messages = [];
      window.errors = [];
      window.addEventListener("message", ({ data, origin }) => window.messages.push({ data, origin }));
      const sdk = new window.authsignal.Authsignal({ baseUrl: `${new URL(url).origin}/v1`, tenantId: "any" });
      window.launched = sdk.launch(url, { ...options, onError: (error) => window.errors.push(error) });
    },
    { url, options },
  );

/** What that came to: its token, if any. */
export const launched = (tab) =>
  tab.evaluate(async (patience) => {
    const tooLate = new Promise((_, fail) => setTimeout(() => fail(new Error("launch() goes on")), patience));
    return (await Promise.race([window.launched, tooLate])).token;
  }, patience);

/** The SDK's popup. */
export const popup = (tab) => tab.frameLocator("iframe[name=authsignal]");

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

  /** Opens the shop's page and calls the SDK's launch there. */
  async launch(url, options, path = "/") {
    await this.tab.goto(this.shopUrl + path);
    await launch(this.tab, url, options);
  }

  /** What launch() came to: its token, if any. */
  async launched() {
    return launched(this.tab);
  }

  async errors() {
    return this.tab.evaluate(() => window.errors);
  }

  async messages() {
    return this.tab.evaluate(() => window.messages);
  }

  get popup() {
    return popup(this.tab);
  }
}
