// Whether an operation may have no value (engine/evaluate/bounds.cpp). The same rules tell both marks:
// from gaps of what it reads a gap, which stays even when every fact is known, and from what may be
// absent for any reason that it may be absent.

const CERTAIN_GAP = 2; // of what surely has no value, whatever becomes known

function anyMark(op, marks, i) {
  for (let k = 0; k < op.in.length; ++k) if (marks[k][i] !== 0) return true;
  return false;
}

const finiteAt = (o, k, i) => isFinite(o.low[k][i]) && isFinite(o.high[k][i]);
const zeroAt = (o, k, i) => o.low[k][i] <= 0 && 0 <= o.high[k][i];

function allFinite(op, o, i) {
  for (let k = 0; k < op.in.length; ++k) if (!finiteAt(o, k, i)) return false;
  return true;
}

const anyOrOverflow = (op, o, marks, i) => anyMark(op, marks, i) ||
  (!(isFinite(o.lowOut[i]) && isFinite(o.highOut[i])) && allFinite(op, o, i));

/** Whether the members that surely have a score may carry too little of the weight. */
function mayBeTooFew(op, marks, i) {
  let sure = 0, total = 0;
  for (let m = 0; m < op.in.length; ++m) {
    const weight = op.row.numerals === 'weights' ? op.weights[m] : 1;
    total += weight;
    sure += marks[m][i] !== 0 ? 0 : weight;
  }
  return sure <= 0 || below(sure / total, op.leastKnown);
}

/** Whether an effect that adds or scales may act without an amount. */
function mayLackAmount(op, o, marks, i) {
  for (let e = 0; e < op.kinds.length; ++e) {
    if (o.gap[1 + 2 * e][i] === CERTAIN_GAP) continue;
    const moves = op.kinds[e] === 'scale' || op.kinds[e] === 'add';
    if (moves && o.high[1 + 2 * e][i] > 0 && (marks[2 + 2 * e][i] !== 0 || !finiteAt(o, 2 + 2 * e, i))) return true;
  }
  return false;
}

/** Of a choice: whatever its condition is, the result is the same. */
const sameValue = (o, i) => o.low[1][i] === o.high[1][i] && o.low[2][i] === o.high[2][i] && o.low[1][i] === o.low[2][i];

/** Whether what may lack a value surely has none: what it reads is certain and gives none, or surely has none itself. */
function surelyLacks(op, o, i) {
  const never = (k) => o.gap[k][i] === CERTAIN_GAP;
  const settled = (k) => o.absent[k][i] === 0 && o.low[k][i] === o.high[k][i] && o.value[k][i] === o.low[k][i];
  let allSettled = op.in.length > 0, oneNever = false;
  for (let k = 0; k < op.in.length; ++k) {
    oneNever = oneNever || never(k);
    allSettled = allSettled && (never(k) || settled(k));
  }
  if (allSettled) return isUnknown(o.valueOut[i]);
  if (!oneNever) return false;
  switch (op.row.valued) {
    case 'always':
    case 'conjunction':
    case 'disjunction': return false;
    case 'branch':
      if (never(1) && never(2)) return true;
      return settled(0) && never(o.value[0][i] !== 0 ? 1 : 2);
    case 'enough_members': return op.leastKnown === null;
    case 'first_operand':
    case 'moving_amounts': return never(0);
    default: return true;
  }
}

/** By when an operation has a value (program/operations.hpp). */
const LACKS = {
  as_operands: (op, o, marks, i) => anyMark(op, marks, i),
  in_force: (op, o, marks, i) => isUnknown(o.valueOut[i]),
  always: () => false,
  sum: (op, o, marks, i) => anyOrOverflow(op, o, marks, i) ||
    (o.low[0][i] === -Infinity && o.high[1][i] === Infinity) ||
    (o.high[0][i] === Infinity && o.low[1][i] === -Infinity),
  difference: (op, o, marks, i) => anyOrOverflow(op, o, marks, i) ||
    (o.low[0][i] === -Infinity && o.low[1][i] === -Infinity) ||
    (o.high[0][i] === Infinity && o.high[1][i] === Infinity),
  product: (op, o, marks, i) => anyOrOverflow(op, o, marks, i) ||
    (!finiteAt(o, 0, i) && zeroAt(o, 1, i)) || (!finiteAt(o, 1, i) && zeroAt(o, 0, i)),
  quotient: (op, o, marks, i) => anyOrOverflow(op, o, marks, i) || zeroAt(o, 1, i) ||
    (!finiteAt(o, 0, i) && !finiteAt(o, 1, i)),
  power(op, o, marks, i) {
    const whole = o.low[1][i] === o.high[1][i] && Math.floor(o.low[1][i]) === o.low[1][i];
    return anyOrOverflow(op, o, marks, i) || !allFinite(op, o, i) || (o.low[0][i] < 0 && !whole) ||
      (zeroAt(o, 0, i) && o.low[1][i] < 0);
  },
  of_positive: (op, o, marks, i) => anyMark(op, marks, i) || o.low[0][i] <= 0,
  of_not_negative: (op, o, marks, i) => anyMark(op, marks, i) || o.low[0][i] < 0,
  finite: anyOrOverflow,
  conjunction(op, o, marks, i) {
    for (let k = 0; k < op.in.length; ++k) if (marks[k][i] === 0 && o.high[k][i] === 0) return false;
    return anyMark(op, marks, i);
  },
  disjunction(op, o, marks, i) {
    for (let k = 0; k < op.in.length; ++k) if (marks[k][i] === 0 && o.low[k][i] > 0) return false;
    return anyMark(op, marks, i);
  },
  branch(op, o, marks, i) {
    if (marks[0][i] !== 0) return !(sameValue(o, i) && marks[1][i] === 0 && marks[2][i] === 0);
    return (o.high[0][i] > 0 && marks[1][i] !== 0) || (o.low[0][i] === 0 && marks[2][i] !== 0);
  },
  enough_members: (op, o, marks, i) =>
    anyMark(op, marks, i) && !(op.leastKnown !== null && !mayBeTooFew(op, marks, i)),
  first_operand: (op, o, marks, i) => marks[0][i] !== 0,
  moving_amounts: (op, o, marks, i) => marks[0][i] !== 0 || mayLackAmount(op, o, marks, i),
};
