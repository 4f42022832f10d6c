// Two scores over mixes of two viewpoints, and where they cross.

// [share, first, second] for shares 0 to 1 of `to`; `weightsAt` mixes as the engine does: both
// scaled to one.
export function mixes(engine, data, sides, from, to, output, steps = 40) {
  const node = engine.nodeOf[data.payload.outputs[output]];
  const runs = sides.map((side) =>
    engine.lanesOf(1, (put) =>
      data.payload.indicators.forEach((_, indicator) => put(0, indicator, side.date, side.country)),
    ),
  );
  const a = scaled(engine, engine.weightsFor(from)),
    b = scaled(engine, engine.weightsFor(to));
  const at = (share) => {
    const weights = a.map((x, i) => (1 - share) * x + share * b[i]);
    return [
      share,
      ...sides.map((side, s) => runs[s](side.date, from, weights).nodes[node].value[0]),
    ];
  };
  const rows = Array.from({ length: steps + 1 }, (_, i) => at(i / steps));
  return { rows, crossings: crossings(rows, at) };
}

// Weights of each node as shares of their sum.
function scaled(engine, weights) {
  const sums = new Map();
  engine.model.weights.forEach((weight, i) =>
    sums.set(weight.node, (sums.get(weight.node) ?? 0) + weights[i]),
  );
  return Float64Array.from(weights, (weight, i) => {
    const sum = sums.get(engine.model.weights[i].node);
    return engine.isShare(i) && sum > 0 ? weight / sum : weight;
  });
}

// Shares at which the order turns, by halving.
export function crossings(rows, at) {
  const found = [];
  for (let i = 1; i < rows.length; ++i) {
    let low = rows[i - 1],
      high = rows[i];
    const before = low[1] - low[2],
      after = high[1] - high[2];
    if (Number.isNaN(before) || Number.isNaN(after)) continue;
    if (before === 0 && i > 1) continue; // told with the step before
    if (before * after > 0) continue;
    if (before === 0 && after === 0) continue;
    for (let step = 0; step < 30; ++step) {
      const middle = at((low[0] + high[0]) / 2);
      if ((middle[1] - middle[2]) * before > 0) low = middle;
      else high = middle;
    }
    found.push({
      share: (low[0] + high[0]) / 2,
      value: (low[1] + low[2]) / 2,
      higherBefore: before > 0 ? 0 : 1,
    });
  }
  return found;
}
