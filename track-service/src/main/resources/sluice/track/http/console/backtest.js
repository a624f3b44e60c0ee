// A back-test: what the candidate would have decided.
import { attempt, byId, count, element, facts } from "./element.js";
import { endBacktest, lookAtBacktest, startBacktest } from "./management.js";

const pause = 500;
const ends = {
  SUCCEEDED: "Done.",
  TOO_MANY_USERS: "There are too many users for the processor's memory: take the command, ./sluice backtest.",
  FAILED: "It failed: the log of the rules processor says why.",
};

let running; // id of the one that the page waits for, if any

const going = ({ state, progress, records }) =>
  state === "WAITING"
    ? "Waiting for another tenant's."
    : `Running: ${Math.floor(progress * 100)} % of the log read, ${count(records, "record")}.`;

const actionReport = ({ actionCode, isReplaced, decisions, differing, affectedUsers, changes }) =>
  element(
    "article",
    element("h4", actionCode),
    element(
      "p",
      `${differing.toLocaleString("en")} of ${count(decisions, "decision")} would differ, for ${count(affectedUsers, "user")}.`,
      isReplaced ? "" : " The candidate has no rules for it.",
    ),
    element("ul", ...changes.map(({ from, to, count: times }) => element("li", `${from} → ${to}: ${times.toLocaleString("en")}`))),
  );

const report = (told) => {
  const { decisions, differing, users, affectedUsers, events, unreadable, record, actions } = told;
  const recorded =
    record &&
    `${count(record.compared, "decision")} compared with what was decided then: ${record.deviating} deviating, ${record.missing} missing`;
  return [
    element("h3", "Report"),
    facts([
      ["decisions", decisions.toLocaleString("en")],
      ["that would differ", differing.toLocaleString("en")],
      ["users", users.toLocaleString("en")],
      ["affected", affectedUsers.toLocaleString("en")],
      ["events replayed", `${events.toLocaleString("en")}, ${unreadable.toLocaleString("en")} unreadable`],
      ["the record", recorded],
    ]),
    ...actions.map(actionReport),
  ];
};

const isRunning = (isSo) => {
  byId("start").disabled = isSo;
  byId("stop").hidden = !isSo;
  byId("progress").hidden = !isSo;
};

/** How far it is; what was known before where Sluice can't tell just now. Of one that was stopped nothing is said. */
const look = async (id, before) => {
  try {
    return await lookAtBacktest(id);
  } catch (error) {
    const mayPass = error.status === 0 || error.status === 503;
    if (running === id && !(before && mayPass)) throw error;
    return before;
  }
};

const follow = async (id) => {
  let told = await look(id);
  while (running === id && !ends[told.state]) {
    byId("run-state").textContent = going(told);
    byId("progress").value = told.progress;
    await new Promise((done) => setTimeout(done, pause));
    if (running === id) told = await look(id, told);
  }
  if (running !== id) return;
  byId("run-state").textContent = ends[told.state];
  if (told.report) byId("report").replaceChildren(...report(told.report));
};

/** Starts one with what the form has, and shows how it goes on until it ends. */
export const runBacktest = async () => {
  byId("report").replaceChildren();
  byId("run").hidden = true;
  await attempt("backtest-error", async () => {
    const { backtestId } = await startBacktest(byId("candidate").value, byId("from").value, byId("to").value);
    running = backtestId;
    isRunning(true);
    byId("run-state").textContent = "";
    byId("run").hidden = false;
    await follow(backtestId);
  });
  running = undefined;
  isRunning(false);
};

/** Stops the one that goes on. */
export const stopBacktest = () =>
  attempt("backtest-error", async () => {
    const id = running;
    running = undefined;
    byId("run-state").textContent = "Stopped.";
    await endBacktest(id);
  });
