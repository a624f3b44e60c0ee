// A day of outcomes, read by other languages' stock clients: each agrees with the HTTP API, record by record. The day's
// events are written from Python, straight to the log. READERS_EVENTS says how many (docs/topics.md tells of 100,000).
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Api } from "./api.mjs";
import { success } from "./http.mjs";
import { readOutcomes, sizeOf } from "./outcomes.mjs";
import { challenge, enrolledUser } from "./people.mjs";
import { run } from "./programs.mjs";
import { Installation } from "./sluice.mjs";

const events = Number(process.env.READERS_EVENTS ?? 300);
const patience = 60_000 + events * 20;
const minute = 60_000;
const day = 24 * 60 * minute;
const results = { ALLOW: "ALLOW", BLOCK: "BLOCK", REVIEW: "REVIEW_REQUIRED", CHALLENGE: "CHALLENGE_FAILED" };
const inFlight = 16;

const folder = fileURLToPath(new URL("../readers/", import.meta.url));
const environment = `${folder}target/venv`;
const logging = fileURLToPath(new URL("../../deploy/target/classes/", import.meta.url));
const libraries = fileURLToPath(new URL("../../deploy/target/lib/", import.meta.url));
const tools = fileURLToPath(new URL("../target/console-consumer/", import.meta.url));

const installation = await new Installation().choosePorts();
after(() => installation.end());

const broker = `127.0.0.1:${installation.kafkaPort}`;
const topic = "sluice.challenge-transitions";
let api, registryUrl, written, python, node;

const runPython = async (script, ...args) => {
  const { code, output, stdout } = await run(`${environment}/bin/python`, [script, ...args.map(String)], {
    cwd: folder,
    settings: { PYTHONDONTWRITEBYTECODE: "1" },
    patience,
  });
  assert.equal(code, 0, output.slice(-2000));
  return stdout.trim().split("\n").map((line) => JSON.parse(line));
};

/** Makes some calls at a time; what they give, in order. */
const inTurn = async (items, call) => {
  const given = [];
  let next = 0;
  const work = async () => {
    while (next < items.length) {
      const at = next++;
      given[at] = await call(items[at]);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  return given;
};

const nameOf = ({ userId, actionCode, idempotencyKey }) => `${userId} ${actionCode} ${idempotencyKey}`;

/** What an analyst makes of the topic: the last state of each action, each outcome counted once. */
const statesOf = (records) => {
  const seen = new Set();
  const states = new Map();
  for (const { value } of records) {
    if (seen.has(value.eventId)) continue;
    seen.add(value.eventId);
    states.set(nameOf(value), { ...value, state: value.to });
  }
  return states;
};

/** The same order in whatever order the partitions were read. */
const sorted = (records) => records.toSorted((a, b) => a.partition - b.partition || a.offset - b.offset);

before(async () => {
  for (const [program, ...args] of [
    ["python3", "-m", "venv", environment],
    [`${environment}/bin/pip`, "install", "--quiet", "--no-deps", "--requirement", "requirements.txt"],
  ]) {
    const { code, output } = await run(program, args, { cwd: folder });
    assert.equal(code, 0, `${args.join(" ")}: ${output}`);
  }
  await installation.up();
  api = new Api(installation);
  registryUrl = `${api.url}/schema-registry`;
  for (const result of Object.keys(results)) {
    success(await api.management("POST", "", { actionCode: result, defaultUserActionResult: result }));
  }
});

test("given a platform in Python, when it writes a day's track events to the log, then each is decided", async () => {
  // All that is a challenge has had its ten minutes when it comes.
  const end = Date.now() - 20 * minute;
  written = await runPython(
    "write_events.py",
    broker,
    registryUrl,
    "sluice.track-events",
    installation.tenantId,
    end - day,
    end,
    events,
    ...Object.keys(results),
  );
  assert.equal(written.length, events);

  const deadline = Date.now() + patience;
  const unsettled = async () => {
    const last = written.slice(-200);
    const answers = await inTurn(last, (each) => api.action(each.userId, each.actionCode, each.idempotencyKey));
    return answers.filter(({ json }, at) => json?.state !== results[last[at].actionCode]).length;
  };
  while ((await unsettled()) > 0) {
    assert.ok(Date.now() < deadline, "not all are decided");
    await new Promise((done) => setTimeout(done, 250));
  }
});

test("given a user who met a challenge, when it is over, then its outcome is on the topic beside the platform's", async () => {
  const { userId, app } = await enrolledUser(api, "person");
  const { token } = await challenge(api, userId, "signIn", { idempotencyKey: "sign-in" });
  assert.equal(success(await api.verify(token, app.code())).isVerified, true);

  // An end that was asked for twice is told twice, a little later: the readers are to find one and the same topic.
  let [before, now] = [-1, await sizeOf(broker, topic)];
  while (before !== now) {
    await new Promise((done) => setTimeout(done, 500 + events / 50));
    [before, now] = [now, await sizeOf(broker, topic)];
  }
});

test("given the topic, when Python reads it, then every action stands where the API says", async () => {
  python = await runPython("read_outcomes.py", broker, registryUrl, topic);

  const states = statesOf(python);
  for (const event of written) {
    const told = states.get(nameOf(event));
    assert.equal(told?.state, results[event.actionCode], nameOf(event));
    assert.equal(told.tenantId, installation.tenantId);
  }
  const actions = [...states.values()];
  const answers = await inTurn(actions, (each) => api.action(each.userId, each.actionCode, each.idempotencyKey));
  answers.forEach((answer, at) => assert.equal(success(answer).state, actions[at].state, nameOf(actions[at])));
  assert.ok(actions.some(({ state }) => state === "CHALLENGE_SUCCEEDED"));
});

test("given the topic, when Node reads it, then it has what Python has, field by field", async () => {
  node = await readOutcomes(broker, registryUrl, topic);

  assert.equal(node.length, python.length);
  const theirs = sorted(python);
  sorted(node).forEach((record, at) => {
    assert.deepEqual(JSON.parse(JSON.stringify(record)), theirs[at]); // records are classes of the client's
  });
});

test("given the topic, when Kafka's console consumer reads it, then it has as many records of the same keys", async () => {
  const jars = [tools, libraries].flatMap((place) => readdirSync(place).map((jar) => place + jar));
  const { code, output, stdout } = await run(
    "java",
    [
      ...["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", [logging, ...jars].join(":")],
      ...["org.apache.kafka.tools.consumer.ConsoleConsumer", "--bootstrap-server", broker, "--topic", topic],
      ...["--from-beginning", "--max-messages", String(python.length), "--timeout-ms", String(patience)],
      ...["print.key=true", "print.value=false", "print.headers=true", "print.partition=true", "print.offset=true"].flatMap(
        (property) => ["--formatter-property", property],
      ),
    ],
    { cwd: folder, patience },
  );
  assert.equal(code, 0, output.slice(-2000));

  const lines = stdout.split("\n").filter((line) => line.startsWith("Partition:"));
  const read = lines.map((line) => {
    const [partition, offset, headers, key] = line.split("\t");
    return { partition: Number(partition.split(":")[1]), offset: Number(offset.split(":")[1]), headers, key };
  });
  assert.deepEqual(
    sorted(read),
    sorted(python).map(({ partition, offset, key }) => ({ partition, offset, headers: "NO_HEADERS", key })),
  );
});

test("given an export of the topic, when DuckDB reads its Parquet files, then they have what Python has", async () => {
  const place = mkdtempSync(join(tmpdir(), "sluice-export-"));
  after(() => rmSync(place, { recursive: true, force: true }));
  const exporting = installation.start(`export --topic challenge-transitions --out ${place}`, {
    SLUICE_BOOTSTRAP_SERVERS: broker,
    SLUICE_DATA_DIR: installation.dataDirectory,
  });
  assert.equal((await exporting.exited).code, 0, exporting.output);

  const rows = await runPython("read_parquet.py", ...exporting.stdout.trim().split("\n"));

  const theirs = sorted(python);
  assert.equal(rows.length, theirs.length);
  sorted(rows).forEach(({ partition, offset, eventId, transitionedAt, ...row }, at) => {
    const { value, ...record } = theirs[at];
    assert.deepEqual({ partition, offset }, { partition: record.partition, offset: record.offset });
    for (const field of ["tenantId", "userId", "actionCode", "idempotencyKey", "to"]) assert.equal(row[field], value[field]);
    assert.deepEqual({ eventId, transitionedAt }, { eventId: value.eventId, transitionedAt: value.transitionedAt });
  });
});

test("given the input topic, when Python reads what it wrote, then it is as it was written", async () => {
  const read = await runPython("read_outcomes.py", broker, registryUrl, "sluice.track-events");

  const byId = new Map(read.map((record) => [record.value.eventId, record]));
  for (const { partition, ...event } of written) {
    const found = byId.get(event.eventId);
    assert.equal(found.partition, partition);
    for (const [field, value] of Object.entries(event)) assert.equal(found.value[field], value);
  }
});
