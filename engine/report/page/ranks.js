// Places in an order of scores: ranks, ranks of those level with a country, and ranks it can come
// to.
import { decimal } from "./format.js";

// Highest first; equal scores (in decimals) share a rank. `margin`: scores nearer than that are
// level. Unrated: NaN.
export function ranksOf(value, margin) {
  const rank = new Float64Array(value.length).fill(NaN),
    levelFrom = rank.slice(),
    levelTo = rank.slice();
  const order = [...value.keys()]
    .filter((i) => !Number.isNaN(value[i]))
    .sort((a, b) => value[b] - value[a] || a - b);
  const score = order.map((i) => decimal(value[i]));
  let first = 0,
    last = 0;
  order.forEach((i, at) => {
    rank[i] = at > 0 && score[at] === score[at - 1] ? rank[order[at - 1]] : at + 1;
    const level = (other) =>
      score[other] === score[at] || decimal(Math.abs(value[order[other]] - value[i])) < margin;
    while (!level(first)) ++first;
    last = Math.max(last, at);
    while (last + 1 < order.length && level(last + 1)) ++last;
    levelFrom[i] = first + 1;
    levelTo[i] = last + 1;
  });
  return { rank, levelFrom, levelTo };
}

// The ranks a country can come to within its bounds, whatever the others have within theirs.
export function rankRanges(value, low, high) {
  const rated = [...value.keys()].filter((i) => !Number.isNaN(value[i]));
  const lows = Float64Array.from(rated, (i) => low[i]).sort(),
    highs = Float64Array.from(rated, (i) => high[i]).sort();
  const rankFrom = new Float64Array(value.length).fill(NaN),
    rankTo = rankFrom.slice();
  for (const i of rated) {
    rankFrom[i] = 1 + rated.length - firstAbove(lows, high[i]);
    // Those whose high end is above its low end, without itself.
    rankTo[i] = rated.length - firstAbove(highs, low[i]) + (high[i] > low[i] ? 0 : 1);
  }
  return { rankFrom, rankTo };
}

// Index of the first number of a sorted list that is greater than x.
function firstAbove(list, x) {
  let from = 0,
    to = list.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (list[middle] > x) to = middle;
    else from = middle + 1;
  }
  return from;
}
