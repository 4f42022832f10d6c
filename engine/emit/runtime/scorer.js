// Runs the program over columns of lanes. A register is a column that one operation writes; values
// and bounds come in one sweep, as in engine/evaluate/evaluate.cpp.

/** A line of the program: what it reads, its numerals, and the row of the table of operations. */
class Operation {
  constructor(line, row) {
    Object.assign(this, { floor: null, order: null, leastKnown: null, weights: null }, line);
    this.row = row;
    this.kernel = KERNELS[line.op];
  }
}

/** So many columns of one number a lane, next to each other in memory. */
function columnsOf(Type, count, lanes) {
  const all = new Type(count * lanes);
  return Array.from({ length: count }, (_, k) => all.subarray(k * lanes, (k + 1) * lanes));
}

function wrongColumn(column, lanes, what) {
  if (!(column instanceof Float64Array) || column.length !== lanes)
    throw new TypeError(`${what} must be a Float64Array of ${lanes} numbers, one a lane`);
  return column;
}

class Scorer {
  constructor(tables, lanes) {
    if (!Number.isInteger(lanes) || lanes < 1) throw new RangeError('a scorer needs a whole number of lanes, 1 or more');
    this.tables = tables;
    this.lanes = lanes;
    const count = tables.operations.length;
    for (const part of ['value', 'low', 'high']) this[part] = columnsOf(Float64Array, count, lanes);
    for (const part of ['gap', 'absent']) this[part] = columnsOf(Uint8Array, count, lanes);
    this.certain = new Uint8Array(count);
    this.moved = new Uint8Array(count).fill(1); // by register: it is not what the last call left
    this.ranged = false; // whether the last call worked out bounds
    this.steps = tables.operations.map((op, reg) => this.stepOf(op, reg));
    this.weights = new Float64Array(tables.weights.length).fill(NaN);
    this.facts = tables.facts.map((fact) => this.emptyFact(fact));
    this.result = resultColumns(this);
  }

  stepOf(op, reg) {
    const read = (part) => op.in.map((from) => part[from]);
    return {
      value: read(this.value), low: read(this.low), high: read(this.high), gap: read(this.gap), absent: read(this.absent),
      valueOut: this.value[reg], lowOut: this.low[reg], highOut: this.high[reg], gapOut: this.gap[reg], absentOut: this.absent[reg],
    };
  }

  /** Unknown over its declared range. */
  emptyFact({ low, high }) {
    const column = (x) => new Float64Array(this.lanes).fill(x);
    return { value: column(NaN), low: column(low ?? -Infinity), high: column(high ?? Infinity), known: column(0), judged: column(0) };
  }

  put(fact, lane, value, low = value, high = value, known = isUnknown(value) ? 0 : 1, judged = 0) {
    const columns = this.facts[fact];
    if (!columns || !(lane >= 0 && lane < this.lanes)) throw new RangeError(`there is no fact ${fact} in lane ${lane}`);
    const least = this.tables.facts[fact].low ?? -Infinity, most = this.tables.facts[fact].high ?? Infinity;
    columns.value[lane] = value;
    columns.low[lane] = isUnknown(low) ? least : low;
    columns.high[lane] = isUnknown(high) ? most : high;
    columns.known[lane] = known;
    columns.judged[lane] = judged;
  }

  /** See docs/emit.md. */
  score({ asOf = NaN, horizon = this.tables.horizon, viewpoint = 0, weights = null, overrides = [], facts = this.facts,
    bounds = true, coverage = true } = {}) {
    const view = viewIndex(this.tables, viewpoint);
    this.useWeights(weights ?? weightsOf(this.tables, view));
    const columns = facts === this.facts ? facts : facts.map((fact, k) => this.given(fact, this.tables.facts[k].name));
    if (columns.length !== this.tables.facts.length) throw new TypeError(`the model has ${this.tables.facts.length} facts`);
    const open = this.fillIn(typeof asOf === 'string' ? dayOf(asOf) : asOf, horizon, columns, overrides);
    this.runAll(bounds || open);
    return finish(this, { bounds, coverage, facts: columns });
  }

  /** Runs what reads something that has moved since the last call. */
  runAll(ranges) {
    const { moved } = this, all = ranges && !this.ranged;
    this.tables.operations.forEach((op, reg) => {
      if (op.op === 'input') return;
      if (all || op.in.some((from) => moved[from])) moved[reg] = 1;
      if (moved[reg]) this.run(op, reg, ranges);
    });
    this.ranged = ranges;
    moved.fill(0);
  }

  given(fact, name) {
    const value = wrongColumn(fact.value, this.lanes, `value of ${name}`);
    const part = (column, what) => (column ? wrongColumn(column, this.lanes, `${what} of ${name}`) : null);
    const known = part(fact.known, 'known') ?? value.map((x) => (isUnknown(x) ? 0 : 1));
    return { value, low: part(fact.low, 'low') ?? value, high: part(fact.high, 'high') ?? value, known,
      judged: part(fact.judged, 'judged') ?? new Float64Array(this.lanes) };
  }

  useWeights(given) {
    const { weights, operations } = this.tables;
    if (given.length !== weights.length) throw new TypeError(`the model has ${weights.length} weights`);
    weights.forEach(({ register, at }, k) => {
      if (this.weights[k] !== given[k]) this.moved[register] = 1;
      this.weights[k] = operations[register].weights[at] = given[k];
    });
  }

  /** Fills the columns that the program reads; whether any of them has an unknown. */
  fillIn(asOf, horizon, facts, overrides) {
    const { inputs } = this.tables;
    let open = this.certainInput(inputs.asOf, asOf);
    open = this.certainInput(inputs.horizon, horizon) || open;
    facts.forEach((fact, k) => {
      open = this.factInput(inputs.facts[k], fact) || open;
    });
    for (const { node, register } of inputs.overrides) this.certainInput(register, this.pointsOf(node, overrides));
    for (const { node } of overrides)
      if (!inputs.overrides.some((input) => input.node === node)) throw new RangeError(`node ${node} is neither a factor nor an output`);
    return open;
  }

  /** What overrides of a node add up to: a number, or one a lane. */
  pointsOf(node, overrides) {
    const own = overrides.filter((override) => override.node === node);
    if (own.length === 0) return 0;
    const sum = new Float64Array(this.lanes);
    for (const { points } of own) {
      if (typeof points !== 'number') wrongColumn(points, this.lanes, 'points');
      for (let i = 0; i < this.lanes; ++i) sum[i] += typeof points === 'number' ? points : points[i];
    }
    return sum;
  }

  certainInput(reg, x) {
    const column = typeof x === 'number' ? new Float64Array(this.lanes).fill(x) : x;
    return this.factInput(reg, { value: column, low: column, high: column });
  }

  // An unknown without a range has no value at all; one of one possible value has that. Gives whether
  // any is unknown.
  factInput(reg, fact) {
    const value = this.value[reg], low = this.low[reg], high = this.high[reg];
    let open = false, certain = true, moved = false;
    for (let i = 0; i < this.lanes; ++i) {
      let least = fact.low[i], most = fact.high[i];
      const only = isUnknown(fact.value[i]) && least === most ? least : fact.value[i];
      const absent = isUnknown(only) ? 1 : 0, gap = absent && (isUnknown(least) || isUnknown(most)) ? 1 : 0;
      if (gap) {
        least = -Infinity;
        most = Infinity;
      }
      moved = moved || !Object.is(value[i], only) || !Object.is(low[i], least) || !Object.is(high[i], most);
      value[i] = only;
      low[i] = least;
      high[i] = most;
      this.absent[reg][i] = absent;
      this.gap[reg][i] = gap;
      open = open || absent === 1;
      certain = certain && only === least && only === most;
    }
    this.certain[reg] = certain ? 1 : 0;
    if (moved) this.moved[reg] = 1;
    return open;
  }

  run(op, reg, ranges) {
    const step = this.steps[reg];
    op.kernel(op, step.value, step.valueOut, this.lanes);
    if (!ranges) return;
    this.certain[reg] = op.in.every((from) => this.certain[from]) && !step.valueOut.some(isUnknown) ? 1 : 0;
    if (this.certain[reg]) {
      step.lowOut.set(step.valueOut);
      step.highOut.set(step.valueOut);
      step.gapOut.fill(0);
      step.absentOut.fill(0);
      return;
    }
    bound(op, step, this.lanes);
    if (op.condition) this.split(op.condition, step, reg);
  }

  // What bounds leave open of a condition, since they take each reading of a value by itself.
  split(condition, step, reg) {
    const { operations, factOf } = this.tables;
    const held = (r, i) => [this.value[r][i], this.low[r][i], this.high[r][i], this.gap[r][i], this.absent[r][i]];
    for (let i = 0; i < this.lanes; ++i) {
      if (step.lowOut[i] === step.highOut[i] && !isUnknown(step.valueOut[i])) continue;
      const at = new Map(condition.reads.map((r) => [r, held(r, i)]));
      [step.valueOut[i], step.lowOut[i], step.highOut[i], step.gapOut[i], step.absentOut[i]] =
        narrowed(condition, at, held(reg, i), operations, factOf);
    }
  }
}
