// The tables of a rule file made into a model: what docs/emit.md tells.

function viewIndex({ viewpoints }, viewpoint) {
  const index = typeof viewpoint === 'string' ? viewpoints.findIndex(({ name }) => name === viewpoint) : viewpoint;
  const most = Math.max(viewpoints.length, 1);
  if (!(Number.isInteger(index) && index >= 0 && index < most)) throw new RangeError(`there is no viewpoint ${viewpoint}`);
  return index;
}

const weightsOf = ({ weights }, view) =>
  Float64Array.from(weights, ({ values }) => (values.length > 1 ? values[view] : values[0]));

function dayOf(date) {
  const days = daysOf(date);
  if (isUnknown(days)) throw new RangeError(`${date} is no date, as 2024-12-31 is`);
  return days;
}

/** Adds to the tables what the runtime looks up again and again. */
function prepared(tables, rows, lines) {
  const operations = lines.map((line) => new Operation(line, rows[line.op]));
  for (const condition of tables.rereading) operations[condition.parts[condition.parts.length - 1]].condition = condition;
  tables.nodes.forEach((node, n) => {
    node.index = n;
  });
  const columns = operations.map(({ op, column }, reg) => (op === 'input' ? [column, reg] : null)).filter(Boolean);
  const registerOf = new Map(columns);
  const inputs = {
    asOf: registerOf.get(0), horizon: registerOf.get(1),
    facts: tables.facts.map((_, k) => registerOf.get(2 + k)),
    overrides: tables.nodes.filter(({ kind }) => kind === 'factor' || kind === 'output')
      .map(({ index }, k) => ({ node: index, register: registerOf.get(2 + tables.facts.length + k) })),
  };
  const factOf = {}; // by register
  inputs.facts.forEach((reg, k) => {
    factOf[reg] = tables.facts[k];
  });
  const registers = new Registers(operations, tables.nodes, tables.conditions);
  const unknown = new Reader(registers, () => NaN);
  const reads = tables.nodes.map(({ written, registers: { base } }) =>
    written && !varies(registers, base, true) ? unknown.ofNode(base) : null);
  return { ...tables, operations, inputs, factOf, registers, reads };
}

/** Differences between what a scorer gives and what the engine gave for the test rows. */
function differences(tables, { facts, asOf, horizon, rows }) {
  const lanes = facts.length ? facts[0].value.length : 1, scorer = new Scorer(tables, lanes), found = [];
  facts.forEach((fact, k) => {
    for (const part of ['value', 'low', 'high', 'known', 'judged']) scorer.facts[k][part].set(fact[part]);
  });
  const compare = (viewpoint, what, got, expected) => expected.forEach((x, lane) => {
    if (!Object.is(got[lane], x)) found.push({ viewpoint, lane, what, got: got[lane], expected: x });
  });
  for (const { viewpoint, nodes, conditions } of rows) {
    const result = scorer.score({ asOf, horizon, viewpoint });
    nodes.forEach((expected) => {
      for (const part of Object.keys(expected).filter((name) => name !== 'node'))
        compare(viewpoint, `${part} of ${tables.nodes[expected.node].name}`, result.nodes[expected.node][part], expected[part]);
    });
    conditions.forEach((expected, c) => {
      for (const part of Object.keys(expected))
        compare(viewpoint, `${part} of ${tables.conditions[c].name}`, result.conditions[c][part], expected[part]);
    });
  }
  return found;
}

/** @returns {Model} */
function makeModel(given, rows, lines, checks) {
  const tables = prepared(given, rows, lines);
  const finder = (kind, list) => {
    const index = new Map(list.map(({ name }, k) => [name, k]));
    return (name) => {
      if (!index.has(name)) throw new RangeError(`there is no ${kind} ${name}`);
      return index.get(name);
    };
  };
  const shown = ({ registers, written, register, at, index, ...rest }) => Object.freeze(rest);
  return Object.freeze({
    tool: given.tool,
    rules: given.rules,
    main: given.main,
    horizon: given.horizon,
    levelMargin: given.levelMargin,
    viewpoints: given.viewpoints,
    facts: given.facts,
    weights: given.weights.map(shown),
    nodes: given.nodes.map(shown),
    conditions: given.conditions.map(shown),
    tripwires: given.tripwires.map(shown),
    operations: lines,
    fact: finder('fact', given.facts),
    node: finder('node', given.nodes),
    condition: finder('rule', given.conditions),
    viewpoint: finder('viewpoint', given.viewpoints),
    scorer: (lanes) => new Scorer(tables, lanes),
    score: (asked) => new Scorer(tables, asked.lanes).score(asked),
    weightsOf: (viewpoint) => weightsOf(tables, viewIndex(tables, viewpoint)),
    band: (node, score, previous = -1) => bandOf(tables.nodes[node].bands, score, previous),
    digits: (results) => digitsOf(tables, results),
    ranking: (values) => rankingOf(values, tables.levelMargin),
    check: () => differences(tables, checks),
  });
}
