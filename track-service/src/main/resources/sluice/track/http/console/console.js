// The console: opened by the management secret, and locked by loading it anew, which leaves nothing behind.
import { runBacktest, stopBacktest } from "./backtest.js";
import { attempt, byId } from "./element.js";
import { check, use } from "./management.js";
import { asCandidate, showRules } from "./rules.js";
import { showStatus } from "./status.js";

const whenSent = (form, action) =>
  byId(form).addEventListener("submit", (event) => {
    event.preventDefault();
    action();
  });

const lookAgain = () => attempt("status-error", showStatus);

const open = async () => {
  const isOpen = await attempt("unlock-error", async () => {
    use(byId("secret").value);
    await check();
  });
  byId("secret").setAttribute("aria-invalid", String(!isOpen));
  if (!isOpen) return byId("secret").focus();
  byId("unlock").remove(); // and the secret in its field
  byId("desk").hidden = false;
  byId("lock").hidden = false;
  byId("status-heading").focus();
  await lookAgain();
};

whenSent("unlock", open);
whenSent("rules-form", () => attempt("rules-error", () => showRules(byId("action-code").value.trim())));
whenSent("backtest-form", runBacktest);
byId("refresh").addEventListener("click", lookAgain);
byId("stop").addEventListener("click", stopBacktest);
byId("take").addEventListener("click", () => {
  byId("candidate").value = asCandidate();
  byId("candidate").focus();
});

const lock = () => location.reload();
byId("lock").addEventListener("click", lock);
// A browser may keep a page that was left as it was, for the way back.
addEventListener("pageshow", ({ persisted }) => persisted && lock());
byId("secret").focus();
