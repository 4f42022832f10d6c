// The scores that are shown: the files' own, or what the reader's change makes of them.
import { isEmpty, makeChange } from "./change.js";
import { makeEngine } from "./engine.js";

const nothing = makeChange();

export function makeScores(data, model) {
  const { payload } = data;
  const engine = model ? makeEngine(data, model) : null;
  const change = makeChange();
  let kept = null; // {key, columns}
  let version = 0;

  // Columns of one output, as data.output() gives them; with `changed` where they are not the files'.
  function current(state, quick = false) {
    const file = data.output(state.viewpoint, state.date, state.output);
    if (!engine || isEmpty(change) || !file) return file;
    const key = `${version} ${state.viewpoint} ${state.date} ${state.output} ${quick}`;
    if (kept?.key !== key) kept = { key, columns: rescored(state, file, quick) };
    return kept.columns;
  }

  function rescored(state, file, quick) {
    const result = engine.score(state.date, state.viewpoint, change, quick ? { bounds: false, coverage: false } : {});
    const nodeIndex = engine.nodeOf[payload.outputs[state.output]];
    const node = result.nodes[nodeIndex];
    // A country that this date's scenario doesn't score stays out.
    const scored = (country) => !Number.isNaN(file.value[country]) || isNotRated(state, country);
    const value = Float64Array.from(node.value, (x, country) => (scored(country) ? x : NaN));
    const low = quick ? file.low : node.low.slice(), high = quick ? file.high : node.high.slice();
    const columns = {
      ...file, changed: true, quick, file, value, low, high,
      band: Array.from(value, (x, country) => (Number.isNaN(x) || !node.band ? -1 : node.band[country])),
      ...places(model, value), ...rankRanges(value, low, high),
    };
    if (!quick) {
      columns.coverage = node.known.slice();
      columns.judgement = node.judged.slice();
    }
    return columns;
  }

  function isNotRated(state, country) {
    const results = data.results(state.viewpoint, state.date);
    return results?.not_rated?.some(([of]) => of === country) ?? false;
  }

  // What this page's model makes of the files alone: equal to the payload's numbers to the last bit.
  function recomputed(date, viewpoint, which) {
    return engine.score(date, viewpoint, nothing).nodes[engine.nodeOf[payload.outputs[which]]].value;
  }

  return {
    engine, change, current, recomputed,
    file: (state) => data.output(state.viewpoint, state.date, state.output),
    changed: () => Boolean(engine) && !isEmpty(change),
    touch: () => ++version,
  };
}

function places(model, value) {
  const rank = new Float64Array(value.length).fill(NaN), levelFrom = rank.slice(), levelTo = rank.slice();
  for (const place of model.ranking(value)) {
    if (!place.rank) continue;
    rank[place.lane] = place.rank;
    levelFrom[place.lane] = place.levelFrom;
    levelTo[place.lane] = place.levelTo;
  }
  return { rank, levelFrom, levelTo };
}

// The ranks a country can come to within its bounds, whatever the others have within theirs.
export function rankRanges(value, low, high) {
  const rated = [...value.keys()].filter((i) => !Number.isNaN(value[i]));
  const rankFrom = new Float64Array(value.length).fill(NaN), rankTo = rankFrom.slice();
  for (const i of rated) {
    let above = 0, perhaps = 0;
    for (const j of rated) {
      if (j === i) continue;
      if (low[j] > high[i]) ++above;
      if (high[j] > low[i]) ++perhaps;
    }
    rankFrom[i] = above + 1;
    rankTo[i] = perhaps + 1;
  }
  return { rankFrom, rankTo };
}
