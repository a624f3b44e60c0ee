// The rules of one action code, to read.
import { byId, count, element, facts } from "./element.js";
import { actionConfiguration, rulesOf } from "./management.js";

let shown; // action code and rules that the page shows

const stateOf = ({ isActive, isShadow }) => {
  if (!isActive) return "not active: not evaluated";
  return isShadow ? "active, in shadow: recorded, decides nothing" : "active";
};

const rule = (each) => {
  const {
    ruleId,
    name,
    description,
    priority,
    type,
    verificationMethods,
    defaultVerificationMethod,
    promptToEnrollVerificationMethods,
    conditions,
  } = each;
  return element(
    "article",
    element("h3", name),
    facts([
      ["outcome", type],
      ["priority", String(priority)],
      ["state", stateOf(each)],
      ["methods", verificationMethods?.join(", ")],
      ["method offered first", defaultVerificationMethod],
      ["methods to be added", promptToEnrollVerificationMethods?.join(", ")],
      ["description", description],
      ["id", ruleId],
    ]),
    element("pre", JSON.stringify(conditions, null, 2)),
  );
};

const summary = (actionCode, rules, configured) => {
  const otherwise = configured?.defaultUserActionResult ?? "CHALLENGE";
  if (rules.length === 0) return `${actionCode} has no rules: ${otherwise} decides.`;
  return `${actionCode} has ${count(rules.length, "rule")}, in the order in which they are applied. Where none holds, ${otherwise} decides.`;
};

/** Asks for an action code's rules and shows them. */
export const showRules = async (actionCode) => {
  byId("rules-summary").textContent = "";
  byId("rule-list").replaceChildren();
  byId("take").hidden = true;
  const [rules, configured] = await Promise.all([rulesOf(actionCode), actionConfiguration(actionCode)]);
  shown = { actionCode, rules };
  byId("rules-summary").textContent = summary(actionCode, rules, configured);
  byId("rule-list").replaceChildren(...rules.map(rule));
  byId("take").hidden = false;
};

/** The rules that are shown, as a candidate for a back-test. */
export const asCandidate = () => JSON.stringify({ [shown.actionCode]: shown.rules }, null, 2);
