import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isEmpty,
  makeChange,
  overlay,
  ruleLines,
  setFact,
  setWeight,
  settings,
  weighted,
  weightsOf,
} from "../../../engine/report/page/change.js";
import { openData } from "../../../engine/report/page/data.js";
import { sample } from "./sample.js";

test("a weight that goes back to the file is no change", () => {
  const data = openData(sample()),
    change = makeChange();
  setWeight(data, change, 4, 0, 0, 650);
  assert.equal(isEmpty(change), false);
  assert.deepEqual(weightsOf(data, change, 4, 0).counts, [650, 350]);
  assert.deepEqual(weightsOf(data, change, 4, 1).counts, [300, 700]); // another viewpoint keeps its own
  setWeight(data, change, 4, 0, 0, 600);
  assert.equal(isEmpty(change), true);
});
test("only nodes with two and more shares can be moved", () =>
  assert.deepEqual(weighted(openData(sample()), 0), [4]));
test("changed lines stand as in the file, with the new number", () => {
  const data = openData(sample()),
    change = makeChange();
  setWeight(data, change, 4, 0, 0, 655);
  assert.equal(
    ruleLines(data, change),
    [
      "# viewpoint state, risk",
      "  65.5% security   between 10% and 70%  # rules/sample.risk:3, was 60%",
      "  34.5% economy  # rules/sample.risk:4, was 40%",
    ].join("\n"),
  );
});
test("facts become a scenario that extends the one shown, with every text quoted", () => {
  const data = openData(sample()),
    change = makeChange();
  setFact(change, 0, 0, NaN);
  setFact(change, 1, 1, 2.5);
  const text = overlay(data, change, 1);
  assert.match(text, /^title {3}= "Two \\"quoted\\": what if"$/m);
  assert.match(text, /^model {3}= "\.\.\/\.\.\/rules\/sample\.risk"$/m);
  assert.match(text, /^extends = "2019\.toml"$/m);
  assert.match(text, /^\[country\.AAA\.facts\]\ndeaths = "unknown"$/m);
  assert.match(text, /^\[country\.BBB\.facts\]\ngrowth = 2\.5$/m);
  assert.deepEqual(settings(data, change), ["AAA.deaths=unknown", "BBB.growth=2.5"]);
  setFact(change, 0, 0, undefined);
  setFact(change, 1, 1, undefined);
  assert.equal(isEmpty(change), true);
});
