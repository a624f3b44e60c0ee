// A mail server that takes every mail and shows it, for what Sluice sends to its users.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";

const replies = { EHLO: "250 post", MAIL: "250 ok", RCPT: "250 ok", DATA: "354 go on", QUIT: "221 bye" };

const decoded = (part) => {
  const [, head, body] = /^([\s\S]*?)\r\n\r\n([\s\S]*)$/.exec(part);
  if (!/quoted-printable/i.test(head)) return body;
  const bytes = body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
};

/** Takes mails on any free port of 127.0.0.1. */
export class Post {
  mails = [];

  async open() {
    this.server = createServer((socket) => this.#talk(socket)).listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return this;
  }

  /** What tells Sluice to send its mails here. */
  get settings() {
    return {
      SLUICE_SMTP_HOST: "127.0.0.1",
      SLUICE_SMTP_PORT: String(this.server.address().port),
      SLUICE_SMTP_SECURITY: "NONE",
      SLUICE_SMTP_FROM: "no-reply@acme.example",
      SLUICE_NOTICE_MAILS: "false", // they come by themselves
    };
  }

  #talk(socket) {
    let to = "";
    let text = "";
    let isData = false;
    const end = () => (isData ? "\r\n.\r\n" : "\r\n");
    socket.setEncoding("latin1").on("error", () => {});
    socket.write("220 post\r\n");
    socket.on("data", (chunk) => {
      text += chunk;
      for (let at = text.indexOf(end()); at >= 0; at = text.indexOf(end())) {
        const said = text.slice(0, at);
        text = text.slice(at + end().length);
        if (isData) {
          this.mails.push({ to, raw: said });
          isData = false;
          socket.write("250 ok\r\n");
          continue;
        }
        const verb = said.slice(0, 4).toUpperCase();
        if (verb === "RCPT") to = /<(.+)>/.exec(said)[1];
        isData = verb === "DATA";
        socket.write(`${replies[verb] ?? "500 what"}\r\n`);
        if (verb === "QUIT") socket.end();
      }
    });
  }

  /** The text of the newest mail to an address. */
  text(address) {
    const { raw } = this.mails.findLast(({ to }) => to === address) ?? assert.fail(`no mail to ${address}`);
    const boundary = /boundary="(.+?)"/.exec(raw)[1];
    return decoded(raw.split(`--${boundary}\r\n`)[1]);
  }

  code(address) {
    return /^(\d{6})\s*$/m.exec(this.text(address))[1];
  }

  link(address) {
    return /https?:\/\/\S+\/magic-link\?t=\S+/.exec(this.text(address))[0];
  }

  async close() {
    this.server.close();
    await once(this.server, "close");
  }
}
