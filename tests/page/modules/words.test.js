import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksOf } from "../../../engine/report/page/blocks.js";
import { openData } from "../../../engine/report/page/data.js";
import { plainWords } from "../../../engine/report/page/words.js";
import { sample } from "./sample.js";

const words = () => {
  const payload = sample();
  payload.nodes[0].name = "battle_deaths";
  payload.nodes[0].label = "Deaths in battle";
  payload.nodes[2].name = "russian_dependence";
  return plainWords(openData(payload));
};

test("names of rule files are put as the page writes them, paths stay", () => {
  const plain = words();
  assert.equal(plain("from russian_dependence to security"), "from russian dependence to security");
  assert.equal(plain("old: battle_deaths of 2022."), "old: Deaths in battle of 2022.");
  assert.equal(plain("rules/russian_dependence.risk:83"), "rules/russian_dependence.risk:83");
  assert.equal(plain("russian_dependence.risk"), "russian_dependence.risk");
  assert.equal(plain("some_other_name"), "some_other_name");
});
test("no option of a command line is left, and a minus is a minus", () => {
  const plain = words();
  assert.equal(
    plain("a, b and 23 more (--json has all) are not known"),
    "a, b and 23 more (the facts below have all) are not known",
  );
  assert.equal(plain("Samoa (-5) fell, 2024-12-31"), "Samoa (−5) fell, 2024-12-31");
});
test("blocks without text come through", () => {
  assert.deepEqual(
    blocksOf(
      [["gap"]],
      () => {},
      4,
      (text) => text,
    ),
    [],
  );
});
