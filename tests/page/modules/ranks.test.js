import assert from "node:assert/strict";
import { test } from "node:test";
import { rankRanges, ranksOf } from "../../../engine/report/page/ranks.js";

test("equal scores share a rank, and the level are those less than the margin away", () => {
  const { rank, levelFrom, levelTo } = ranksOf(
    Float64Array.of(50, 70, 50 + 1e-13, NaN, 45.5, 45),
    5,
  );
  assert.deepEqual([...rank], [2, 1, 2, NaN, 4, 5]);
  assert.deepEqual([...levelFrom], [2, 1, 2, NaN, 2, 4]); // 50 and 45 are 5 apart: no longer level
  assert.deepEqual([...levelTo], [4, 1, 4, NaN, 5, 5]);
});
test("rank ranges agree with trying every pair", () => {
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let round = 0; round < 50; ++round) {
    const value = Float64Array.from({ length: 12 }, () => Math.round(random() * 20));
    const low = value.map((x) => x - Math.round(random() * 4)),
      high = value.map((x) => x + Math.round(random() * 4));
    const { rankFrom, rankTo } = rankRanges(value, low, high);
    value.forEach((_, i) => {
      const others = [...value.keys()].filter((j) => j !== i);
      assert.equal(rankFrom[i], 1 + others.filter((j) => low[j] > high[i]).length);
      assert.equal(rankTo[i], 1 + others.filter((j) => high[j] > low[i]).length);
    });
  }
});
