import assert from "node:assert/strict";
import { test } from "node:test";
import {
  apportion,
  moveWeight,
  partsFor,
  percentOf,
  stopWords,
} from "../../../engine/report/page/weights.js";

const member = (low, high, more = {}) => ({ low, high, locked: false, tie: null, ...more });
const sum = (counts) => counts.reduce((a, b) => a + b, 0);

test("shares become whole parts that add up", () => {
  assert.deepEqual(apportion([1, 1, 1], 1000), [334, 333, 333]);
  assert.equal(partsFor([0.12, 0.88]), 1000);
  assert.equal(partsFor([0.1234, 0.8766]), 10000);
  assert.equal(percentOf(125, 1000), "12.5");
  assert.equal(percentOf(120, 1000), "12");
  assert.equal(percentOf(1234, 10000), "12.34");
});
test("the others give way in proportion", () => {
  const members = [member(0, 1), member(0, 1), member(0, 1)];
  assert.deepEqual(moveWeight(members, [400, 400, 200], 0, 700, 1000), [700, 200, 100]);
});
test("limits stop a move, of the moved and of the others", () => {
  const members = [member(0.1, 0.5), member(0.3, 1), member(0.1, 1)];
  assert.deepEqual(moveWeight(members, [400, 400, 200], 0, 900, 1000)[0], 500);
  const tight = [member(0, 1), member(0.4, 0.5), member(0.2, 0.4)];
  assert.deepEqual(moveWeight(tight, [300, 450, 250], 0, 1000, 1000), [400, 400, 200]);
  assert.deepEqual(moveWeight(tight, [300, 450, 250], 0, 0, 1000), [100, 500, 400]);
});
test("locked stay, ties stay equal", () => {
  const members = [
    member(0, 1),
    member(0, 1, { locked: true }),
    member(0, 1, { tie: "a" }),
    member(0, 1, { tie: "a" }),
  ];
  const moved = moveWeight(members, [250, 250, 250, 250], 0, 401, 1000);
  assert.equal(moved[1], 250);
  assert.equal(moved[2], moved[3]);
  assert.equal(sum(moved), 1000);
  assert.deepEqual(moveWeight(members, [250, 250, 250, 250], 1, 400, 1000), [250, 250, 250, 250]);
  const tied = moveWeight(members, [250, 250, 250, 250], 2, 300, 1000);
  assert.deepEqual(tied, [150, 250, 300, 300]);
});
test("whatever is moved: the sum, the limits, the locks and the ties hold", () => {
  let seed = 11;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let round = 0; round < 400; ++round) {
    const count = 2 + Math.floor(random() * 8);
    const base = apportion(
      Array.from({ length: count }, () => 0.05 + random()),
      1000,
    );
    const members = base.map((b) =>
      member(
        Math.max(0, b / 1000 - 0.01 - random() * 0.2),
        Math.min(1, b / 1000 + 0.01 + random() * 0.3),
        { locked: random() < 0.15 },
      ),
    );
    let now = base;
    for (let step = 0; step < 5; ++step) {
      now = moveWeight(
        members,
        now,
        Math.floor(random() * count),
        Math.round(random() * 1000),
        1000,
      );
      assert.equal(sum(now), 1000);
      now.forEach((n, i) => {
        assert.ok(Number.isInteger(n));
        if (members[i].locked) assert.equal(n, base[i]);
        else
          assert.ok(
            n / 1000 >= members[i].low - 1e-9 && n / 1000 <= members[i].high + 1e-9,
            `${n} of ${members[i].low} to ${members[i].high}`,
          );
      });
    }
  }
});
test("what ends a move is said: the rule file's limit, or what the others leave", () => {
  assert.equal(stopWords(250, 250, 30, 300, 1000), "");
  assert.equal(
    stopWords(360, 300, 30, 300, 1000),
    "36% can’t be: the rule file ends this weight at 30%",
  );
  assert.equal(
    stopWords(10, 30, 30, 300, 1000),
    "1% can’t be: the rule file begins this weight at 3%",
  );
  assert.match(
    stopWords(290, 240, 30, 300, 1000),
    /^29% can’t be: the limits of the others, .* at 24%$/,
  );
});
