// Runs ./sluice as its users do: as processes of their own, on a data directory and ports of their own. The suite
// takes for granted that Sluice is built (acceptance/test sees to it); a start that had to build would be slow.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const outputs = fileURLToPath(new URL("./target/output/", import.meta.url));
const readyPatience = 150_000;
const stopPatience = 30_000;
const lineOfReadiness = /^sluice (?:[a-z-]+ )?ready (?:[a-z-]+ )?(\S+)(?: tenant=(\S+))?$/m;

const running = new Set();
let started = 0;

// Whatever ends the test's process, a failed assertion or the runner's own time-out, ends what it started.
process.on("exit", () => running.forEach((each) => each.signal("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

/** A port of 127.0.0.1 that nobody has. */
export const freePort = async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
};

/** One ./sluice process: its output, also kept in a file, its signals and its end. */
export class SluiceProcess {
  stdout = "";
  stderr = "";

  constructor(command, settings) {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith("SLUICE_"));
    const [name, ...more] = command.split(" ");
    this.name = name;
    this.startedAt = Date.now();
    this.child = spawn(join(repository, "sluice"), [name, ...more], {
      env: { ...Object.fromEntries(own), ...settings },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.file = join(outputs, `${basename(process.argv[1], ".test.mjs")}-${++started}-${name}.txt`);
    mkdirSync(outputs, { recursive: true });
    writeFileSync(this.file, "");
    for (const stream of ["stdout", "stderr"]) this.#keep(stream);
    this.exited = once(this.child, "close").then(([code, signal]) => ({ code, signal }));
    running.add(this);
    this.exited.then(() => running.delete(this));
  }

  #keep(stream) {
    this.child[stream].setEncoding("utf8").on("data", (text) => {
      this[stream] += text;
      appendFileSync(this.file, text);
    });
  }

  get output() {
    return this.stdout + this.stderr;
  }

  /** Waits for the line that says so; gives what the line names and how long it took. */
  async ready() {
    const deadline = this.startedAt + readyPatience;
    while (!lineOfReadiness.test(this.stdout)) {
      if (this.hasEnded || Date.now() > deadline) {
        throw new Error(`${this.name} is not ready; see ${this.file}\n${this.output.slice(-2000)}`);
      }
      await new Promise((done) => setTimeout(done, 20));
    }
    const [, address, tenantId] = lineOfReadiness.exec(this.stdout);
    return { address, tenantId, seconds: (Date.now() - this.startedAt) / 1000 };
  }

  get hasEnded() {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** The launcher has become the JVM by exec, so its process id is the JVM's. */
  signal(signal) {
    if (!this.hasEnded) this.child.kill(signal);
  }

  /** Ends it as a power cut would. */
  async kill() {
    this.signal("SIGKILL");
    return this.exited;
  }

  /** Ends it as an operator would. */
  async stop() {
    this.signal("SIGTERM");
    const late = setTimeout(() => this.signal("SIGKILL"), stopPatience);
    const end = await this.exited;
    clearTimeout(late);
    return end;
  }

  /** Resident memory now. */
  get residentMiB() {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.child.pid}/status`, "utf8"));
    return Math.round(kibibytes / 1024);
  }
}

/** One installation: a data directory, ports and secrets of its own, and the processes that ran on it. */
export class Installation {
  processes = [];
  dataDirectory = mkdtempSync(join(tmpdir(), "sluice-acceptance-"));
  tenantId = `tenant-${randomUUID().slice(0, 8)}`;
  apiSecret = `api-secret-${randomUUID()}`;
  managementSecret = `management-secret-${randomUUID()}`;

  async choosePorts() {
    this.httpPort = await freePort();
    this.kafkaPort = await freePort();
    return this;
  }

  /** Where it is and on which ports, with secrets that it makes itself. */
  get place() {
    return {
      SLUICE_DATA_DIR: this.dataDirectory,
      SLUICE_HTTP_PORT: String(this.httpPort),
      SLUICE_KAFKA_PORT: String(this.kafkaPort),
    };
  }

  get settings() {
    return {
      ...this.place,
      SLUICE_TENANT_ID: this.tenantId,
      SLUICE_API_SECRET: this.apiSecret,
      SLUICE_MANAGEMENT_SECRET: this.managementSecret,
    };
  }

  start(command, settings = this.settings) {
    const process = new SluiceProcess(command, settings);
    this.processes.push(process);
    return process;
  }

  /** All of Sluice in one process, ready. */
  async up(settings = this.settings) {
    const process = this.start("up", settings);
    process.readiness = await process.ready();
    return process;
  }

  get output() {
    return this.processes.map((each) => each.output).join("\n");
  }

  /** Ends every process that still runs and forgets the data. */
  async end() {
    await Promise.all(this.processes.map((each) => each.kill()));
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }
}
