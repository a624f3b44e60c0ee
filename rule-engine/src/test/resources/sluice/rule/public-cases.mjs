// Writes public-cases.json: [rule, data, what json-logic-js makes of them], a line each.
// In a folder with json-logic-js 2.0.5 installed: node public-cases.mjs > public-cases.json
import { createRequire } from "node:module";
const { apply } = createRequire(`${process.cwd()}/`)("json-logic-js");

const cases = [];
const on = (data, ...rules) => rules.forEach((rule) => cases.push([rule, data, apply(rule, data)]));
const values = [null, true, false, 0, 1, -1.5, "", "0", "1", " 1 ", "1e1", "a", "b", "B", [], [1], ["a"], [1, "a"]];
const pairs = values.flatMap((left) => values.map((right) => [left, right]));

// What is no rule stays what it is.
on({}, ...values, 3.14, ["a", "b"], [1, { "+": [1, 1] }]);

// Every comparison of every kind of value.
for (const operator of ["==", "===", "!=", "!==", "<", "<=", ">", ">="]) for (const pair of pairs) on({}, { [operator]: pair });
for (const operator of ["<", "<="])
  on({}, ...[[1, 2, 3], [1, 1, 3], [1, 4, 3], [3, 2, 1], ["a", "b", "c"], ["1", 2, "3"], [1, 2, null], [null, 0, 1]].map((three) => ({ [operator]: three })));

// Truth, alone and in chains; an empty list is false, the text "0" is true.
for (const value of values) {
  on({}, { "!": [value] }, { "!!": [value] }, { if: [value, "yes", "no"] }, { "?:": [value, "yes", "no"] });
  on({}, { and: [value] }, { or: [value] }, { and: [value, true] }, { or: [value, true] }, { and: [1, value, 3] }, { or: [0, value, 3] });
}
on({}, { "!": true }, { "!": false }, { "!": 0 }, { "!": 1 }, { and: [true, true, false] }, { or: [false, false, true] }, { or: [false, false, false] });
on(null, { if: [] }, { if: [true] }, { if: [false] }, { if: ["fig"] }, { if: [true, "fig"] }, { if: [false, "fig"] });
const truths = [true, false];
for (const a of truths) for (const b of truths) {
  on(null, { if: [a, "fig", b, "plum"] }, { if: [a, "fig", b, "plum", "pear"] });
  on({}, { and: [a, b] }, { or: [a, b] });
  for (const c of truths) on(null, { if: [a, "fig", b, "plum", c, "pear"] }, { if: [a, "fig", b, "plum", c, "pear", "lime"] });
}
on(null, { if: [{ ">": [2, 1] }, { cat: ["fi", "g"] }, { cat: ["pl", "um"] }] }, { if: [{ ">": [1, 2] }, { cat: ["fi", "g"] }, { cat: ["pl", "um"] }] });
on({}, { and: [{ ">": [3, 1] }, { "!": true }] }, { and: [{ ">": [3, 1] }, { "<": [1, 3] }] }, { "?:": [{ ">": [3, 1] }, "seen", "hidden"] });

// Numbers.
const finite = ([rule]) => Number.isFinite(rule);
for (const operator of ["+", "*", "-", "/", "%", "min", "max"])
  for (const pair of pairs) if (finite([apply({ [operator]: pair }, {})])) on({}, { [operator]: pair });
on({}, { "+": [] }, { "+": [2, 2, 2] }, { "+": "3.14" }, { "+": ["7px", 1] }, { "*": [2, 2, 2] }, { "*": ["5"] }, { "-": [3] }, { "-": ["-2"] });
on({}, { max: [1, 3, 2] }, { max: ["10", 9] }, { min: [3, 1, 2] }, { min: [1] }, { max: [1] }, { "%": [-5, 3] }, { "%": [5.5, 2] });
on(null, { "===": [0, "0"] }, { "===": [0, { "+": "0" }] }, { if: [{ "+": "0" }, "yes", "no"] }, { if: [{ "+": "1" }, "yes", "no"] });

// Texts.
on({}, { cat: "ice" }, { cat: [] }, { cat: ["ice", "cream"] }, { cat: [1, 2.5, "x"] }, { cat: [true, null, "x", [1, [2, 3]]] });
on({}, ...[1e21, 1e20, 123456789012345680000, 1e-6, 1e-7, 1.5e-9, 0.1, 100, -0.25, 2e-3, 5e-324, 1.7976931348623157e308].map((number) => ({ cat: [number] })));
for (const start of [0, 3, -3, 99, -99]) {
  on({}, { substr: ["sluicegate", start] });
  for (const length of [0, 2, 99, -2, -99]) on({}, { substr: ["sluicegate", start, length] });
}
on({}, { substr: [12345, 1, 2] }, { substr: [null, 1] });

// Membership.
on({}, { in: ["Ada", ["Ada", "Bob"]] }, { in: ["Eve", ["Ada", "Bob"]] }, { in: ["gate", "sluicegate"] }, { in: ["i", "team"] });
for (const value of values) on({}, { in: [value, values] }, { in: [value, "null 1 a true"] }, { in: ["a", value] });

// Lists.
on(null, { merge: [] }, { merge: 1 }, { merge: [1, 2] }, { merge: [1, [2]] }, { merge: [[1]] }, { merge: [[1], []] }, { merge: [[1, 2], [3, [4]]] }, { merge: [null, [null]] });

// Data.
on({ a: 1 }, { var: ["a"] }, { var: "a" }, { var: ["b"] }, { var: "b" }, { var: ["b", 2] }, { var: ["b", { "+": [1, 1] }] }, { var: ["a", 2] });
on(null, { var: ["a"] }, { var: "a" }, { var: ["a", 1] }, { var: "a.b.c" });
on({ a: { b: "c" } }, { var: "a.b" }, { var: "a.q" }, { var: ["a.q", 9] }, { var: "a.b.length" });
on({ a: null }, { var: "a.b.c" });
on({ a: { b: null } }, { var: "a.b.c" });
on(["fig", "plum"], { var: 1 }, { var: "1" }, { var: "2" }, { var: "length" }, { var: "" });
on(["fig", ["plum", "pear"]], { var: "1.1" });
on(1, { var: "" }, { var: null }, { var: [] });
const pie = { temperature: 100, pie: { filling: "fig", eta: "60 s" } };
on(pie, { and: [{ "<": [{ var: "temperature" }, 110] }, { "==": [{ var: "pie.filling" }, "fig"] }] });
on(pie, { var: [{ "?:": [{ "<": [{ var: "temperature" }, 110] }, "pie.filling", "pie.eta"] }] }, { in: [{ var: "pie.filling" }, ["fig", "plum"]] });

// What is missing.
on(null, { missing: [] }, { missing: ["a"] }, { missing: "a" }, { missing: ["a", "b"] }, { missing: ["a.b"] });
on({ a: "fig" }, { missing: "a" }, { missing: ["a"] }, { missing: ["a", "b"] }, { missing: ["a.b"] }, { missing: [["a", "b"]] });
on({ a: "", b: "plum" }, { missing: ["a", "b"] });
on({ a: { b: "fig", c: "plum" } }, { missing: ["a.b"] }, { missing: ["a.b", "a.d"] });
for (const data of [{ a: 1 }, { b: 1 }, { a: 1, b: 1 }, { c: 1 }, { a: 1, c: 1 }, { a: 1, b: 1, c: 1 }, { d: 1, e: 1 }])
  for (const needed of [0, 1, 2, 3]) on(data, { missing_some: [needed, ["a", "b", "c"]] }, { missing_some: [needed, ["a", "b"]] });
for (const data of [{ a: "fig" }, { b: "plum" }]) on(data, { if: [{ missing: "a" }, "missed", "found"] });
for (const financed of truths) on({ financed }, { missing: { merge: ["vin", { if: [{ var: "financed" }, ["rate"], []] }] } });

// Loops.
const numbers = [{ numbers: [1, 2, 3] }, { numbers: [1, 2, 3, 4] }, { numbers: [] }, { numbers: 7 }, null];
for (const data of numbers) {
  const all = { var: "numbers" };
  const it = { var: "" };
  on(data, { filter: [all, true] }, { filter: [all, false] }, { filter: [all, { ">=": [it, 2] }] }, { filter: [all, { "%": [it, 2] }] });
  on(data, { map: [all, { "*": [it, 2] }] }, { map: [all, { cat: [it, "x"] }] });
  for (const [operator, first] of [["+", 0], ["*", 1], ["*", 0]]) on(data, { reduce: [all, { [operator]: [{ var: "current" }, { var: "accumulator" }] }, first] });
  on(data, { reduce: [all, { var: "current" }] });
  for (const test of [{ ">=": [it, 1] }, { "==": [it, 1] }, { "<": [it, 1] }]) on(data, { all: [all, test] }, { none: [all, test] }, { some: [all, test] });
}
for (const items of [[{ name: "fig", count: 1 }, { name: "plum", count: 2 }, { name: "pear", count: 3 }], []]) {
  const all = { var: "items" };
  on({ items }, { map: [all, { var: "count" }] }, { map: [all, { var: ["price", "?"] }] });
  on({ items }, { reduce: [all, { "+": [{ var: "accumulator" }, { var: "current.count" }] }, 0] });
  for (const test of [{ ">=": [{ var: "count" }, 1] }, { ">": [{ var: "count" }, 1] }, { "<": [{ var: "count" }, 1] }]) on({ items }, { all: [all, test] }, { none: [all, test] }, { some: [all, test] });
}
on({ rows: [[1, 2], [3]] }, { map: [{ var: "rows" }, { reduce: [{ var: "" }, { "+": [{ var: "current" }, { var: "accumulator" }] }, 0] }] });

console.log(`[\n${cases.map((each) => JSON.stringify(each)).join(",\n")}\n]`);
