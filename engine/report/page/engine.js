// The model compiled into the page (`waystoneModel`, docs/emit.md), run on the payload's facts.
import { weightsOf, makeChange } from "./change.js";
import { percentOf } from "./weights.js";

export function makeEngine(data, model) {
  const { payload } = data;
  const scorer = model.scorer(data.count);
  const index = (find, name) => {
    try {
      return find.call(model, name);
    } catch {
      return -1; // not part of the program
    }
  };
  const factOf = payload.indicators.map((node) => index(model.fact, payload.nodes[node].name));
  const nodeOf = payload.nodes.map((node) => index(model.node, node.name));
  const viewpointOf = payload.viewpoints.map((viewpoint) => viewpoint.name || 0); // a model without viewpoints has one without a name
  const changed = new Map(); // facts that stand in the columns in place of the file's
  let loaded = -1;

  function fill(columns, date, lanes) {
    factOf.forEach((fact, indicator) => {
      if (fact < 0) return;
      const source = data.facts(indicator, date),
        column = columns[fact];
      lanes.forEach((country, lane) => putFile(column, lane, source, country));
    });
  }

  function putFile(column, lane, source, country) {
    const letter = source.grade[country];
    column.value[lane] = source.value[country];
    column.low[lane] = source.low[country];
    column.high[lane] = source.high[country];
    column.known[lane] =
      Number.isNaN(source.value[country]) || letter === "-" || letter === "a" || letter === "t"
        ? 0
        : 1;
    column.judged[lane] = letter === "j" || letter === "a" || letter === "t" ? 1 : 0;
  }

  const everyone = Array.from({ length: data.count }, (_, i) => i);
  function load(date, change) {
    if (loaded !== date) {
      fill(scorer.facts, date, everyone);
      changed.clear();
      loaded = date;
    }
    for (const [key, { country, indicator }] of [...changed])
      if (!change.facts.has(key)) {
        putFile(scorer.facts[factOf[indicator]], country, data.facts(indicator, date), country);
        changed.delete(key);
      }
    for (const [key, fact] of change.facts) {
      if (factOf[fact.indicator] < 0 || changed.get(key)?.value === fact.value) continue;
      putChanged(scorer, fact, fact.country);
      changed.set(key, fact);
    }
  }

  function putChanged(into, { indicator, value }, lane) {
    const fact = model.facts[factOf[indicator]];
    const unknown = Number.isNaN(value);
    const low = unknown ? (fact.low ?? -Infinity) : value,
      high = unknown ? (fact.high ?? Infinity) : value;
    into.put(factOf[indicator], lane, value, low, high, unknown ? 0 : 1, 0);
  }

  // The viewpoint's weights with the reader's in their places.
  function weights(viewpoint, change) {
    const list = model.weightsOf(viewpointOf[viewpoint]);
    for (const [, { node, viewpoint: of, counts, parts }] of change.weights) {
      if (payload.nodes[node].weighed_by_viewpoint && of !== viewpoint) continue;
      const { members } = weightsOf(data, makeChange(), node, viewpoint);
      model.weights.forEach((weight, w) => {
        if (weight.node !== nodeOf[node]) return;
        const member = members.findIndex((m) => nodeOf[m.node] === weight.member);
        if (member >= 0) list[w] = Number(percentOf(counts[member], parts)); // as the numeral in a rule file is read
      });
    }
    return list;
  }

  function overridesOf(date, lanes) {
    return (payload.dates[date].overrides ?? [])
      .filter((override) => override.applied)
      .map((override) => ({
        node: nodeOf[override.node],
        points: Float64Array.from(lanes, (country) =>
          country === override.country ? override.points : 0,
        ),
      }))
      .filter((override) => override.node >= 0 && override.points.some((points) => points !== 0));
  }

  function asked(date, viewpoint, change, options, lanes) {
    const given = {
      asOf: payload.dates[date].as_of,
      horizon: payload.dates[date].horizon_years,
      viewpoint: viewpointOf[viewpoint],
      weights: weights(viewpoint, change),
      overrides: overridesOf(date, lanes),
      ...options,
    };
    return given;
  }

  // What the model makes of all countries' facts on a date, with the reader's change. The columns
  // are the scorer's own: the next call writes them anew.
  function score(date, viewpoint, change, options = {}) {
    load(date, change);
    return scorer.score(asked(date, viewpoint, change, options, everyone));
  }

  // A scorer of other lanes: `fillLanes(put)` says of each lane whose facts of which date it has.
  // Overrides stay out.
  function lanesOf(lanes, fillLanes) {
    const own = model.scorer(lanes);
    fillLanes((lane, indicator, date, country) => {
      if (factOf[indicator] >= 0)
        putFile(own.facts[factOf[indicator]], lane, data.facts(indicator, date), country);
    });
    return (date, viewpoint, weightList) => {
      const given = {
        ...asked(date, viewpoint, makeChange(), { bounds: false, coverage: false }, []),
        overrides: [],
      };
      return own.score(weightList ? { ...given, weights: weightList } : given);
    };
  }

  const weightsFor = (viewpoint) => model.weightsOf(viewpointOf[viewpoint]);
  // Whether a weight is a share of its node's, not the multiplier of a sum.
  const shareNodes = new Set(
    payload.nodes.flatMap((node, i) => {
      const shares = node.members?.map((member) => member.weights?.[0]) ?? [];
      return shares.length > 0 && Math.abs(shares.reduce((a, b) => a + b, 0) - 1) < 1e-6
        ? [nodeOf[i]]
        : [];
    }),
  );
  const isShare = (i) => shareNodes.has(model.weights[i].node);

  return { model, score, lanesOf, weights, weightsFor, isShare, nodeOf, factOf, overridesOf };
}
