// The scores that are shown: the files' own, or what the reader's change makes of them.
import { isEmpty, makeChange } from "./change.js";
import { makeEngine } from "./engine.js";
import { rankRanges, ranksOf } from "./ranks.js";

const nothing = makeChange();

export function makeScores(data, model) {
  const { payload } = data;
  const engine = model ? makeEngine(data, model) : null;
  const change = makeChange();
  let kept = null; // {key, columns}
  let version = 0;

  // Columns of one output, as data.output() gives them; with `changed` where they are not the
  // files'.
  function current(state, quick = false) {
    const file = fileColumns(state);
    if (!engine || isEmpty(change) || !file) return file;
    const key = `${version} ${state.viewpoint} ${state.date} ${state.output} ${quick}`;
    if (kept?.key !== key) kept = { key, columns: rescored(state, file, quick) };
    return kept.columns;
  }

  // The files' columns; where the payload has scores rounded, the model's own in their places, with
  // the shares that are known and judged.
  const exact = new Map();
  function fileColumns({ viewpoint, date, output }) {
    const file = data.output(viewpoint, date, output);
    if (!engine || !file || payload.dates[date].whole !== false) return file;
    const key = `${viewpoint} ${date} ${output}`;
    if (!exact.has(key)) {
      const rated = (list) => list.map((x, i) => (Number.isNaN(file.value[i]) ? NaN : x));
      const node = engine.score(date, viewpoint, nothing).nodes[
        engine.nodeOf[payload.outputs[output]]
      ];
      const value = rated(node.value);
      const places = ranksOf(value, payload.model.level_margin ?? 0);
      exact.set(key, {
        ...file,
        value,
        coverage: rated(node.known),
        judgement: rated(node.judged),
        ...places,
      });
    }
    return exact.get(key);
  }

  function rescored(state, file, quick) {
    // Ranges of facts, and so bounds, are there on whole dates alone.
    const bounded = !quick && payload.dates[state.date].whole !== false;
    const begin = performance.now();
    const result = engine.score(state.date, state.viewpoint, change, {
      bounds: bounded,
      coverage: !quick,
    });
    performance.measure("waystone re-score", { start: begin, end: performance.now() }); // what tests time
    const nodeIndex = engine.nodeOf[payload.outputs[state.output]];
    const node = result.nodes[nodeIndex];
    // A country that this date's scenario doesn't score stays out.
    const scored = (country) => !Number.isNaN(file.value[country]) || isNotRated(state, country);
    const value = Float64Array.from(node.value, (x, country) => (scored(country) ? x : NaN));
    const none = quick ? null : new Float64Array(data.count).fill(NaN);
    const low = bounded ? node.low.slice() : (none ?? file.low),
      high = bounded ? node.high.slice() : (none ?? file.high);
    // Ranks of a part of the countries are among them once something is changed.
    const margin = payload.model.level_margin ?? 0;
    const before = payload.only ? { ...file, ...ranksOf(file.value, margin) } : file;
    const columns = {
      ...file,
      changed: true,
      quick,
      file: before,
      value,
      low,
      high,
      band: Array.from(value, (x, country) =>
        Number.isNaN(x) || !node.band ? -1 : node.band[country],
      ),
      ...ranksOf(value, margin),
      ...rankRanges(value, low, high),
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

  // What this page's model makes of the files alone: equal to the payload's numbers to the last
  // bit.
  function recomputed(date, viewpoint, which) {
    return engine.score(date, viewpoint, nothing).nodes[engine.nodeOf[payload.outputs[which]]]
      .value;
  }

  return {
    engine,
    change,
    current,
    recomputed,
    file: fileColumns,
    changed: () => Boolean(engine) && !isEmpty(change),
    touch: () => ++version,
  };
}
