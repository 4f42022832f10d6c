// Bounds of one operation from those of what it reads (engine/evaluate/bounds.cpp). Where it rises or
// falls in each operand, its kernel runs on end points; the others have a rule of their own here.

const EVERYTHING = [-Infinity, Infinity];
const contains = ([low, high], x) => low <= x && x <= high;
const hull = (a, b) => [lesser(a[0], b[0]), greater(a[1], b[1])];

/** The first least and the last greatest of some. */
function extremes(some) {
  let low = some[0], high = some[0];
  for (const x of some) {
    if (x < low) low = x;
    if (!(x < high)) high = x;
  }
  return [low, high];
}

// Zero times an infinite end point is zero: the end point is a limit, never taken.
const times = (a, b) => (a === 0 || b === 0 ? 0 : a * b);
const productOf = (a, b) =>
  extremes([times(a[0], b[0]), times(a[0], b[1]), times(a[1], b[0]), times(a[1], b[1])]);

function quotientOf(a, b) {
  if (contains(b, 0)) return EVERYTHING;
  const over = (x, y) => (x === 0 ? 0 : x / y);
  const corners = [over(a[0], b[0]), over(a[0], b[1]), over(a[1], b[0]), over(a[1], b[1])];
  return corners.some(isUnknown) ? EVERYTHING : extremes(corners);
}

function absoluteOf(a) {
  const low = Math.abs(a[0]), high = Math.abs(a[1]);
  return [contains(a, 0) ? 0 : lesser(low, high), greater(low, high)];
}

function powerOf(x, y) {
  if (x[0] < 0) {
    if (!(y[0] === y[1] && Math.floor(y[0]) === y[0])) return EVERYTHING;
    const a = pow(x[0], y[0]), b = pow(x[1], y[0]);
    if (contains(x, 0)) return y[0] < 0 ? EVERYTHING : y[0] % 2 === 0 ? [0, greater(a, b)] : [a, b];
    return [lesser(a, b), greater(a, b)];
  }
  if (x[0] === 0 && y[0] < 0) return [0, Infinity];
  return extremes([pow(x[0], y[0]), pow(x[0], y[1]), pow(x[1], y[0]), pow(x[1], y[1])]);
}

const truth = (must, may) => [must ? 1 : 0, may ? 1 : 0];
const equality = (a, b) =>
  truth(tie(a[0], b[0]) && tie(a[0], a[1]) && tie(b[0], b[1]), !below(b[1], a[0]) && !below(a[1], b[0]));

function overKnots(op, x) {
  const ends = new Float64Array(2);
  KERNELS[op.op](op, [Float64Array.of(x[0], x[1])], ends, 2);
  let result = [lesser(ends[0], ends[1]), greater(ends[0], ends[1])];
  for (let k = 0; k < op.at.length; ++k)
    if (contains(x, op.at[k])) result = hull(result, [op.scores[k], op.scores[k]]);
  return result;
}

// ---- rules: each truth is certain, impossible or open

const isLimit = (kind) => kind === 'at_most' || kind === 'at_least';

/** A floor or cap that acts by an unknown amount acts by as much as is sure: a floor by its low end, a cap by its high end. */
function actByWhatIsSure(op, o, i) {
  let operands = null;
  for (let e = 0; e < op.kinds.length; ++e) {
    const t = 1 + 2 * e, a = t + 1, holds = o.value[t][i];
    if (holds === 0 || isUnknown(holds) || !isLimit(op.kinds[e]) || !isUnknown(o.value[a][i]) || o.gap[a][i] !== 0) continue;
    operands = operands ?? o.value.map((column) => Float64Array.of(column[i]));
    operands[a][0] = op.kinds[e] === 'at_least' ? o.low[a][i] : o.high[a][i];
  }
  if (operands === null) return;
  const out = new Float64Array(1);
  KERNELS[op.op](op, operands, out, 1);
  o.valueOut[i] = out[0];
}

const MOST_OPEN = 6; // all their cases; beyond, each effect by itself, which is wider

/** `supposed`: of rules by their truth's register, that they hold or don't. */
function effectsIf(op, o, i, supposed) {
  let scale = [1, 1], sum = [0, 0], cap = [Infinity, Infinity], floor = [-Infinity, -Infinity];
  for (let e = 0; e < op.kinds.length; ++e) {
    const kind = op.kinds[e], t = 1 + 2 * e, a = t + 1;
    const leftOut = isLimit(kind) && o.gap[a][i] !== 0;
    if (o.gap[t][i] === CERTAIN_GAP || (leftOut && o.gap[a][i] === CERTAIN_GAP)) continue;
    let must = o.low[t][i] > 0 && o.absent[t][i] === 0 && !leftOut, may = o.high[t][i] > 0;
    if (supposed.has(op.in[t])) {
      may = supposed.get(op.in[t]);
      must = may && !leftOut;
    }
    if (!may) continue;
    const amount = [o.low[a][i], o.high[a][i]];
    const unlessCertain = (neutral) => (must ? amount : hull(amount, neutral));
    if (kind === 'scale') {
      scale = productOf(scale, unlessCertain([1, 1]));
    } else if (kind === 'add') {
      const points = unlessCertain([0, 0]);
      sum = [sum[0] + points[0], sum[1] + points[1]];
    } else if (kind === 'at_most') {
      cap = [lesser(cap[0], amount[0]), must ? lesser(cap[1], amount[1]) : cap[1]];
    } else {
      floor = [must ? greater(floor[0], amount[0]) : floor[0], greater(floor[1], amount[1])];
    }
  }
  const within = (r) => [clamped(r[0], op.low, op.high), clamped(r[1], op.low, op.high)];
  let x = within(productOf([o.low[0][i], o.high[0][i]], scale));
  x = within([x[0] + sum[0], x[1] + sum[1]]);
  x = within([lesser(x[0], cap[0]), lesser(x[1], cap[1])]);
  return within([greater(x[0], floor[0]), greater(x[1], floor[1])]);
}

/** Rules that may hold or not, and do several things here: they do all or nothing. */
function openRules(op, o, i) {
  const once = new Set(), open = new Set();
  for (let e = 0; e < op.kinds.length; ++e) {
    const t = 1 + 2 * e, rule = op.in[t];
    if (o.high[t][i] <= 0 || o.gap[t][i] === CERTAIN_GAP || (o.low[t][i] > 0 && o.absent[t][i] === 0)) continue;
    (once.has(rule) ? open : once).add(rule);
  }
  return [...open];
}

function effectsBounds(op, o, i) {
  const open = openRules(op, o, i).slice(0, MOST_OPEN);
  if (open.length === 0) return effectsIf(op, o, i, new Map());
  let all = [Infinity, -Infinity];
  for (let which = 0; which < 1 << open.length; ++which) {
    const supposed = new Map(open.map((rule, k) => [rule, ((which >> k) & 1) === 1]));
    all = hull(all, effectsIf(op, o, i, supposed));
  }
  return all;
}

function strengthBounds({ points, low, high, in: { length } }, o, i) {
  let surely = false, maybe = o.absent[1][i] !== 0;
  for (let k = 2; k < length; ++k) {
    surely = surely || (o.low[k][i] > 0 && o.absent[k][i] === 0);
    maybe = maybe || (o.high[k][i] > 0 && o.gap[k][i] !== CERTAIN_GAP);
  }
  surely = surely || o.gap[1][i] === CERTAIN_GAP;
  const most = surely ? 0 : (points * (100 - o.low[1][i])) / 100;
  const least = maybe ? 0 : (points * (100 - o.high[1][i])) / 100;
  return [clamped(o.low[0][i] - most, low, high), clamped(o.high[0][i] - least, low, high)];
}

/** What has bounds of its own, by operation: from the ranges of what it reads, in one lane. */
const OWN_BOUNDS = {
  multiply: (op, at) => productOf(at(0), at(1)),
  divide: (op, at) => quotientOf(at(0), at(1)),
  power: (op, at) => powerOf(at(0), at(1)),
  absolute: (op, at) => absoluteOf(at(0)),
  equal: (op, at) => equality(at(0), at(1)),
  not_equal(op, at) {
    const same = equality(at(0), at(1));
    return [1 - same[1], 1 - same[0]];
  },
  between(op, at) {
    const x = at(0), low = at(1), high = at(2);
    return truth(!below(x[0], low[1]) && !below(high[0], x[1]),
      !below(x[1], low[0]) && !below(high[1], x[0]) && !below(high[1], low[0]));
  },
  logical_and: (op, at) => truth(at(0)[0] > 0 && at(1)[0] > 0, at(0)[1] > 0 && at(1)[1] > 0),
  logical_or: (op, at) => truth(at(0)[0] > 0 || at(1)[0] > 0, at(0)[1] > 0 || at(1)[1] > 0),
  logical_not: (op, at) => truth(!(at(0)[1] > 0), !(at(0)[0] > 0)),
  known: (op, at, o, i) => (o.gap[0][i] === CERTAIN_GAP ? [0, 0] : [o.absent[0][i] !== 0 ? 0 : 1, 1]),
  choose(op, at) {
    const condition = at(0);
    if (condition[0] > 0) return at(1);
    return condition[1] === 0 ? at(2) : hull(at(1), at(2));
  },
  knots: (op, at) => overKnots(op, at(0)),
  steps: (op, at) => overKnots(op, at(0)),
  strength: (op, at, o, i) => strengthBounds(op, o, i),
  effects: (op, at, o, i) => effectsBounds(op, o, i),
};

// ---- members that may be missing from a combination that re-weights

const MOST_LEFT_OUT = 64;

/** Lowest (sign 1) or highest (-1) result with any of the open members taken in. `open` is sorted. */
function extremeWithout(op, ends, sure, open, sign) {
  open.sort((a, b) => sign * ends[a] - sign * ends[b] || 0);
  const columns = ends.map(() => Float64Array.of(NaN)), out = new Float64Array(1);
  const combined = () => {
    KERNELS[op.op](op, columns, out, 1);
    return sign * out[0];
  };
  for (const m of sure) columns[m][0] = ends[m];
  let best = combined();
  for (const m of open) {
    columns[m][0] = ends[m];
    const next = combined();
    if (isUnknown(best) || next < best) best = next;
  }
  return sign * best;
}

function withMembersLeftOut(op, o, i, all) {
  const sure = [], open = [], any = { ...op, leastKnown: 0 };
  for (let m = 0; m < op.in.length; ++m)
    if (o.gap[m][i] !== CERTAIN_GAP) (o.absent[m][i] !== 0 ? open : sure).push(m);
  if (open.length > MOST_LEFT_OUT) return [0, 100];
  const low = extremeWithout(any, o.low.map((c) => c[i]), sure, open, 1);
  const some = [low, extremeWithout(any, o.high.map((c) => c[i]), sure, open, -1)];
  return sure.length + open.length < op.in.length ? some : hull(all, some);
}

// ---- one operation over all lanes

/** By four steps to the next number; exact wherever 0 comes out. */
function outward(x, direction) {
  if (x === 0) return x;
  const size = Math.abs(x);
  if (size > 1e-300 && size < 1e300) return stepped(x, x > 0 === direction > 0 ? 4 : -4);
  for (let k = 0; k < 4; ++k) x = neighbour(x, direction);
  return x;
}

/** What the result can be at all, the same in every lane; null where that hangs on the members. */
function naturalRange(op) {
  switch (op.row.range) {
    case 'truth': return [0, 1];
    case 'score': return [0, 100];
    case 'members': return null;
    case 'cut_score':
    case 'declared': return [op.low, op.high];
    default: return EVERYTHING;
  }
}

/** A mean of any of its members lies between them. */
function amongMembers(op, o, i) {
  let least = Infinity, greatest = -Infinity;
  for (let m = 0; m < op.in.length; ++m) {
    if (op.leastKnown !== null && o.gap[m][i] === CERTAIN_GAP) continue;
    least = lesser(least, o.low[m][i]);
    greatest = greater(greatest, o.high[m][i]);
  }
  if (least > greatest) return [0, 100]; // none of them ever has a score
  return op.floor === null ? [least, greatest] : [greater(least, op.floor), greater(greatest, op.floor)];
}

const fallsIn = (direction, operand) =>
  direction === 'falling' || (direction === 'first_rising' && operand > 0) ||
  (direction === 'first_falling' && operand === 0);

/** The kernel on the end points, low and high. */
function atEnds(op, o, lanes) {
  const { direction } = op.row;
  const lowest = op.in.map((r, k) => (fallsIn(direction, k) ? o.high[k] : o.low[k]));
  const highest = op.in.map((r, k) => (fallsIn(direction, k) ? o.low[k] : o.high[k]));
  op.kernel(op, lowest, o.lowOut, lanes);
  op.kernel(op, highest, o.highOut, lanes);
  if (direction !== 'by_goalposts') return;
  for (let i = 0; i < lanes; ++i) {
    const low = o.lowOut[i], high = o.highOut[i];
    if (low > high) [o.lowOut[i], o.highOut[i]] = [high, low];
  }
}

/** Whether nothing is left open of what an operation reads: then its bounds are its value. */
function nothingIsOpen(op, o, i) {
  if (op.in.length === 0 || isUnknown(o.valueOut[i])) return false;
  for (let k = 0; k < op.in.length; ++k) {
    const low = o.low[k][i];
    if (low !== o.high[k][i] || low !== o.value[k][i] || o.absent[k][i] !== 0) return false;
  }
  return true;
}

/** Writes low, high, gap and absent of an operation whose value is there, and the value itself where only one is possible. */
function bound(op, o, lanes) {
  const own = op.row.direction === 'own' ? OWN_BOUNDS[op.op] : null;
  if (!own) atEnds(op, o, lanes);
  const natural = naturalRange(op), lacks = LACKS[op.row.valued];
  for (let i = 0; i < lanes; ++i) {
    if (op.op === 'effects') actByWhatIsSure(op, o, i);
    if (nothingIsOpen(op, o, i)) {
      o.lowOut[i] = o.highOut[i] = o.valueOut[i];
      o.gapOut[i] = o.absentOut[i] = 0;
      continue;
    }
    if (own) {
      const [low, high] = own(op, (k) => [o.low[k][i], o.high[k][i]], o, i);
      o.lowOut[i] = low;
      o.highOut[i] = high;
    }
    o.gapOut[i] = !lacks(op, o, o.gap, i) ? 0 : surelyLacks(op, o, i) ? CERTAIN_GAP : 1;
    o.absentOut[i] = o.gapOut[i] !== 0 || lacks(op, o, o.absent, i) ? 1 : 0;
    settle(op, o, i, natural);
  }
}

function settle(op, o, i, natural) {
  const value = o.valueOut[i];
  let low = o.lowOut[i], high = o.highOut[i];
  if (op.row.precision === 'rounded') {
    low = outward(low, -1);
    high = outward(high, 1);
  }
  if (op.leastKnown !== null && anyMark(op, o.absent, i)) [low, high] = withMembersLeftOut(op, o, i, [low, high]);
  const range = natural ?? amongMembers(op, o, i), least = range[0], most = range[1];
  low = isUnknown(low) ? least : clamped(low, least, most);
  high = isUnknown(high) ? most : clamped(high, least, most);
  if (!isUnknown(value)) { // rounding
    low = lesser(low, value);
    high = greater(high, value);
  }
  o.lowOut[i] = low;
  o.highOut[i] = greater(low, high);
  // of one possible value only, and surely having one: that is its value, never missing
  if (o.gapOut[i] !== 0 || o.lowOut[i] !== o.highOut[i]) return;
  if (isUnknown(value)) o.valueOut[i] = o.lowOut[i];
  o.absentOut[i] = 0;
}
