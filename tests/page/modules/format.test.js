import assert from "node:assert/strict";
import { test } from "node:test";
import {
  amount,
  anchorOf,
  fixed,
  interval,
  printedMove,
  rangeInWords,
  signedPoints,
  smallPoints,
  valueInShort,
} from "../../../engine/report/page/format.js";

test("halves round away from zero, in decimals", () => {
  assert.equal(fixed(2.5, 0), "3");
  assert.equal(fixed(-0.125, 2), "-0.13");
  assert.equal(fixed(1.005, 2), "1.01"); // the nearest double is below
  assert.equal(fixed(-0.2, 0), "0");
  assert.equal(fixed(0.35, 3), "0.350");
});
test("changes are those of the scores as they are, rounded once", () => {
  assert.equal(printedMove(47.53, 45.33, 0), "−2"); // 48 and 45
  assert.equal(printedMove(47.53, 45.33, 1), "−2.2");
  assert.equal(printedMove(43.7, 38.48, 0), "−5"); // 44 and 38
  assert.equal(printedMove(52.4, 53.6, 0), "+1");
  assert.equal(printedMove(52.6, 52.4, 0), "−<1"); // 53 and 52, and yet under a point
  assert.equal(printedMove(50, 50.0000000000001, 0), "0");
  assert.equal(printedMove(NaN, 3, 0), "");
  assert.equal(smallPoints(-0.04, 1), "−<0.1");
  assert.equal(signedPoints(3.25, 1), "+3.3");
});
test("bounds: one number where both print alike, whole ends without digits", () => {
  assert.equal(interval(46.2, 63.4, 0), "46 to 63");
  assert.equal(interval(46.2, 46.4, 0), "46");
  assert.equal(interval(0, 100, 1), "0 to 100");
});
test("amounts as the engine prints them", () => {
  assert.equal(amount(4000), "4,000");
  assert.equal(amount(1234567.8), "1,234,568");
  assert.equal(amount(12.44), "12.4");
  assert.equal(amount(0.0344), "0.0344");
  assert.equal(amount(-3.1), "−3.1");
  assert.equal(amount(NaN), "unknown");
});
test("values in their units, and the words of a level", () => {
  const level = {
    unit: "level",
    high: 4,
    levels: [
      { value: 1, anchor: "one" },
      { value: 2, anchor: "two" },
    ],
  };
  assert.equal(valueInShort({ unit: "percent" }, 12.4), "12.4%");
  assert.equal(valueInShort({ unit: "usd" }, 15.7e9), "USD 15.7 billion");
  assert.equal(valueInShort({ unit: "years" }, 1), "1 year");
  assert.equal(valueInShort({ unit: "yes/no" }, 0), "no");
  assert.equal(valueInShort({ unit: "date" }, -Infinity), "never");
  assert.equal(valueInShort({ unit: "date" }, 14962), "2010-12-19");
  assert.equal(
    valueInShort({ unit: "code", levels: [{ value: 1, code: "in_force" }] }, 1),
    "in_force",
  );
  assert.equal(valueInShort(level, 2), "2 of 4");
  assert.equal(anchorOf(level, 1), "one");
  assert.equal(anchorOf(level, 1.5), "between “one” and “two”");
  assert.equal(rangeInWords(level, 1, 2.5), "1 to 2.5");
  assert.equal(rangeInWords({ unit: "percent" }, 25, 50), "25% to 50%");
});
