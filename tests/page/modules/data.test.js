import assert from "node:assert/strict";
import { test } from "node:test";
import { openData } from "../../../engine/report/page/data.js";
import { sample } from "./sample.js";

test("a figure stands until a newer one", () => {
  const data = openData(sample());
  assert.deepEqual([...data.facts(0, 0).value], [0, 1]);
  assert.deepEqual([...data.facts(0, 1).value], [0, NaN]);
  assert.deepEqual([...data.facts(1, 1).value], [2, -Infinity]);
  assert.deepEqual(data.facts(0, 1).grade, ["o", "-"]);
});
test("ranges: what is told, else the value, else what is declared", () => {
  const data = openData(sample());
  assert.deepEqual([data.facts(0, 1).low[0], data.facts(0, 1).high[0]], [0, 1]);
  assert.deepEqual([data.facts(0, 1).low[1], data.facts(0, 1).high[1]], [0, 4]);
});
test("a fact brings its source, place and marks", () => {
  const fact = openData(sample()).fact(0, 1, 0);
  assert.equal(fact.figure.because, "counted twice");
  assert.equal(fact.figure.valid, "2018-12-31");
  assert.equal(fact.figure.stale && fact.figure.others, true);
  assert.equal(fact.line, 7);
  assert.equal(fact.grade, "observed");
});
test("what a date leaves out follows from its scores", () => {
  const first = openData(sample()).output(0, 0, 0);
  assert.deepEqual([...first.rank], [2, 1]);
  assert.deepEqual(
    [...first.rankTo],
    [2, 1].map((rank) => rank),
  ); // 35 to 50 and 50 to 80 don't overlap
  assert.deepEqual([...first.levelTo], [2, 1]);
  assert.equal(openData(sample()).output(1, 0, 0), null);
});

test("scenarios of one date are told apart by their files", () => {
  const payload = sample();
  for (const date of payload.dates) date.label = "2019";
  assert.deepEqual(
    openData(payload).payload.dates.map((date) => date.label),
    ["2019 2018", "2019 2019"],
  );
});
