// What is told of the registers: nodes, conditions, bands, digits, ranks (engine/evaluate).

/** Columns of a scorer's results; those of registers are the registers themselves. */
function resultColumns(scorer) {
  const { tables, lanes } = scorer;
  const nodes = tables.nodes.map(({ registers: { value, base, score }, bands }) => ({
    value: scorer.value[value], low: scorer.low[value], high: scorer.high[value], gap: scorer.gap[value],
    base: scorer.value[base],
    score: score === null ? null : scorer.value[score],
    scoreLow: score === null ? null : scorer.low[score],
    scoreHigh: score === null ? null : scorer.high[score],
    known: new Float64Array(lanes), judged: new Float64Array(lanes),
    reweighted: new Uint8Array(lanes), band: bands ? new Int8Array(lanes) : null,
  }));
  const truthOf = ({ registers: { truth } }) => ({ truth: scorer.value[truth], may: new Uint8Array(lanes), must: new Uint8Array(lanes) });
  return {
    lanes, nodes,
    conditions: tables.conditions.map(truthOf),
    tripwires: tables.tripwires.map(({ registers: { truth } }) => ({ truth: scorer.value[truth] })),
  };
}

function finish(scorer, { bounds, coverage, facts }) {
  const { tables, lanes, result } = scorer;
  tables.conditions.forEach(({ registers: { truth } }, r) => {
    const { may, must } = result.conditions[r];
    for (let i = 0; i < lanes; ++i) {
      may[i] = bounds && scorer.high[truth][i] > 0 && scorer.gap[truth][i] !== CERTAIN_GAP ? 1 : 0;
      must[i] = bounds && holds(scorer.value[truth][i]) && scorer.low[truth][i] > 0 ? 1 : 0;
    }
  });
  tables.nodes.forEach((node, n) => {
    const { value, base, reweighted, band } = result.nodes[n];
    const members = tables.operations[node.registers.base].leastKnown === null ? [] : node.members;
    for (let i = 0; i < lanes; ++i) {
      const missing = members.some(({ node: member }) => isUnknown(result.nodes[member].score[i]));
      reweighted[i] = missing && !isUnknown(value[i]) && !isUnknown(base[i]) ? 1 : 0;
      if (band) band[i] = bandOf(node.bands, value[i]);
    }
  });
  if (coverage) coverOf(scorer, facts);
  if (bounds) return result;
  const without = { low: null, high: null, gap: null, scoreLow: null, scoreHigh: null };
  return {
    ...result,
    nodes: result.nodes.map((node) => ({ ...node, ...without })),
    conditions: result.conditions.map(({ truth }) => ({ truth, may: null, must: null })),
  };
}

function coverOf(scorer, facts) {
  const { tables, lanes, result } = scorer;
  tables.facts.forEach(({ node }, k) => {
    result.nodes[node].known.set(facts[k].known);
    result.nodes[node].judged.set(facts[k].judged);
  });
  const weights = (n) => tables.operations[tables.nodes[n].registers.base].weights;
  const value = (reg, i) => scorer.value[reg][i];
  cover(tables, value, weights, result.nodes, lanes);
}

// ---- bands

/** Index of the band by plain edges; -1 for NaN. */
function plainBand({ edges }, score) {
  if (isUnknown(score)) return -1;
  let band = 0;
  while (band < edges.length && !below(score, edges[band])) ++band;
  return band;
}

/** Moving away from `previous` only beyond the edge by the margin. */
function bandOf(bands, score, previous = -1) {
  const plain = plainBand(bands, score);
  if (plain < 0 || previous < 0) return plain;
  let band = previous;
  while (band < bands.edges.length && !below(score, bands.edges[band] + bands.margin)) ++band;
  while (band > 0 && !below(bands.edges[band - 1] - bands.margin, score)) --band;
  return band;
}

// ---- ranks

function isLevel(first, second, margin) {
  const gap = Math.abs(decimal(second) - decimal(first));
  return gap === 0 || below(gap, margin);
}

/** Places by score, the highest first, equal ones by lane; then those not rated. */
function rankingOf(values, margin) {
  const score = Array.from(values, (x) => (isUnknown(x) ? -Infinity : decimal(x)));
  const lanes = score.map((_, lane) => lane).sort((a, b) => score[b] - score[a] || a - b);
  const places = lanes.map((lane) => ({ lane, rank: 0, levelFrom: 0, levelTo: 0 }));
  const rated = places.filter(({ lane }) => isFinite(score[lane])).length;
  const level = (i, j) => isLevel(score[lanes[i]], score[lanes[j]], margin);
  for (let i = 0, first = 0, last = 0; i < rated; ++i) {
    while (!level(first, i)) ++first;
    while (last < rated && level(i, last)) ++last;
    const tied = i > 0 && score[lanes[i - 1]] === score[lanes[i]];
    places[i].rank = tied ? places[i - 1].rank : i + 1;
    places[i].levelFrom = first + 1;
    places[i].levelTo = last;
  }
  return places;
}

// ---- digits after the point: a reader must see what the figures say

const MOST_ASKED = 3;

function decimalsIn(value) {
  let digits = 0;
  while (digits < 9 && Math.abs(inUnits(value, digits) / POWERS_OF_TEN[digits] - value) > 1e-10) ++digits;
  return digits;
}

function digitsInBand(bands, score) {
  for (let digits = 0; digits <= MOST_ASKED; ++digits)
    if (plainBand(bands, inUnits(score, digits) / POWERS_OF_TEN[digits]) === plainBand(bands, score)) return digits;
  return 0;
}

function digitsApart(a, b) {
  for (let digits = 0; digits <= MOST_ASKED; ++digits) if (inUnits(a, digits) !== inUnits(b, digits)) return digits;
  return 0;
}

function digitsOfList(node, values) {
  let digits = 0;
  const scores = Array.from(values).filter((x) => !isUnknown(x)).sort((a, b) => a - b);
  scores.forEach((score, i) => {
    if (node.bands) digits = Math.max(digits, digitsInBand(node.bands, score));
    if (i > 0 && !tie(score, scores[i - 1])) digits = Math.max(digits, digitsApart(scores[i - 1], score));
  });
  return digits;
}

// 0.881 and not 1: two digits that count of the greatest, where all are below 1.
function digitsBelowOne(lists) {
  let greatest = 0;
  for (const list of lists) for (const x of list) if (Math.abs(x) > greatest) greatest = Math.abs(x);
  if (greatest === 0 || greatest >= 1) return 0;
  return clamped(1 - Math.floor(log10(greatest)), 0, MOST_ASKED);
}

function digitsFor(tables, node, lists) {
  if (node.digits !== null) return node.digits;
  let digits = Math.max(decimalsIn(tables.levelMargin), node.rounding ?? 0, node.bands ? decimalsIn(node.bands.margin) : 0);
  digits = Math.max(digits, digitsBelowOne(lists));
  for (const list of lists) digits = Math.max(digits, digitsOfList(node, list));
  return digits;
}

/** Of all nodes, for what these results print. */
function digitsOf(tables, results) {
  const isOutput = (node) => node.kind === 'output';
  const digits = tables.nodes.map((node, n) =>
    digitsFor(tables, node, isOutput(node) ? results.map((result) => result.nodes[n].value) : []));
  const fewest = Math.min(...digits.filter((_, n) => isOutput(tables.nodes[n])));
  return digits.map((own, n) => {
    const node = tables.nodes[n];
    return isOutput(node) || node.digits !== null ? own : Math.max(own, fewest);
  });
}
