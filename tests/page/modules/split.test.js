import assert from "node:assert/strict";
import { test } from "node:test";
import { csvOf } from "../../../engine/report/page/csv.js";
import { crossings } from "../../../engine/report/page/mixes.js";
import { shapley } from "../../../engine/report/page/split.js";

test("parts of a sum are its terms; a product is shared evenly", () => {
  const terms = [3, -1, 2];
  const values = Array.from(
    { length: 8 },
    (_, mask) => 10 + terms.reduce((sum, t, i) => sum + (mask & (1 << i) ? t : 0), 0),
  );
  shapley(values, 3).forEach((points, i) => assert.ok(Math.abs(points - terms[i]) < 1e-12));
  assert.deepEqual(shapley([0, 0, 0, 6], 2), [3, 3]);
});
test("parts add up to the gap", () => {
  const values = Array.from({ length: 32 }, (_, mask) => Math.sin(mask * 1.7) * 20);
  const parts = shapley(values, 5);
  assert.ok(Math.abs(parts.reduce((a, b) => a + b, 0) - (values[31] - values[0])) < 1e-9);
});
test("crossings are found between mixes", () => {
  const at = (share) => [share, 40 + 20 * share, 50];
  const rows = Array.from({ length: 11 }, (_, i) => at(i / 10));
  const found = crossings(rows, at);
  assert.equal(found.length, 1);
  assert.ok(Math.abs(found[0].share - 0.5) < 1e-6);
  assert.equal(found[0].higherBefore, 1);
  assert.deepEqual(
    crossings(
      rows.map(([share, a]) => [share, a, 10]),
      (share) => [share, 40 + 20 * share, 10],
    ),
    [],
  );
});
test("CSV quotes what it must and defuses formulas", () => {
  assert.equal(
    csvOf(
      ["a", "b"],
      [
        ['say "hi", twice', NaN],
        ["=1+1", 0.1],
        ["@x", -2],
      ],
    ),
    'a,b\r\n"say ""hi"", twice",\r\n\'=1+1,0.1\r\n\'@x,-2\r\n',
  );
});
