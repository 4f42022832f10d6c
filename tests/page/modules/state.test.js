import assert from "node:assert/strict";
import { test } from "node:test";
import { openData } from "../../../engine/report/page/data.js";
import { initialState, readFragment, writeFragment } from "../../../engine/report/page/state.js";
import { sample } from "./sample.js";

test("a fragment says what is looked at, and a link opens the same", () => {
  const data = openData(sample());
  const state = readFragment(
    "#comparison/AAA@2018/BBB?date=2018&viewpoint=firm&language=ru",
    initialState(data),
    data,
  );
  assert.deepEqual(
    [state.part, state.date, state.viewpoint, state.language, state.pair, state.pairDates],
    ["comparison", 0, 1, "ru", [0, 1], [0, -1]],
  );
  assert.equal(
    writeFragment(state, data),
    "#comparison/AAA@2018/BBB?date=2018&viewpoint=firm&language=ru",
  );
  assert.equal(
    writeFragment({ ...initialState(data), country: 1 }, data, "country"),
    "#country/BBB",
  );
});
test("nonsense changes nothing", () => {
  const data = openData(sample()),
    state = initialState(data);
  for (const fragment of [
    "",
    "#",
    "#country/ZZZ",
    "#%E0%A4%A",
    "#<script>",
    "#map?date=1&viewpoint=%00&score=x&language=xx",
    "#comparison/AAA@nine/%2F",
  ])
    assert.deepEqual(
      { ...readFragment(fragment, state, data), part: "", pair: [-1, -1], pairDates: [-1, -1] },
      state,
    );
});
