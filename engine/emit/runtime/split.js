// Conditions and choices that read a value in several places (engine/evaluate/split.cpp): its range
// is split at all that the condition compares it with, and the condition judged piece by piece.
// What a register may hold in one lane is [value, low, high, gap, absent].

const MOST_CASES = 64;
const isOpen = ([value, low, high]) => isUnknown(value) || low < high;

/** The numbers that stand for the same decimal as `at`: comparisons don't tell them apart. */
function around(at) {
  if (!isFinite(at)) return [at, at];
  const whole = decimal(at), size = Math.abs(whole);
  let half = 0.5e-9;
  for (let edge = 1e5; size >= edge && edge < 1e22; edge *= 10) half *= 10;
  if (size >= 1e22) return [at, at];
  let low = whole - half, high = whole + half;
  while (decimal(low) < whole) low = neighbour(low, 1);
  while (decimal(neighbour(low, -1)) === whole) low = neighbour(low, -1);
  while (decimal(high) > whole) high = neighbour(high, -1);
  while (decimal(neighbour(high, 1)) === whole) high = neighbour(high, 1);
  return [low, high];
}

/** A piece, drawn in to values that a fact can have; what has none is left out. */
function addPiece(pieces, [low, high], fact) {
  if (fact && fact.step > 0) {
    const onStep = (x, round) => (isFinite(x) ? fact.from + round((x - fact.from) / fact.step) * fact.step : x);
    low = onStep(low, (x) => Math.ceil(x - 1e-10));
    high = onStep(high, (x) => Math.floor(x + 1e-10));
  }
  if (low <= high) pieces.push([low, high]);
}

/** The pieces of the range of a register that a condition reads; `at`: what each register may hold. */
function piecesOf(condition, reg, at, operations, fact) {
  const [, least, most] = at.get(reg);
  const marks = [];
  for (const index of condition.parts) {
    const op = operations[index];
    if (!op.in.includes(reg)) continue;
    const compares = op.row.logic === 'compares', truths = least >= 0 && most <= 1;
    if (!compares && op.op !== 'known' && truths) marks.push(0, 1);
    if (!compares) continue;
    for (const other of op.in) {
      const found = at.get(other);
      if (other !== reg && found && !isOpen(found)) marks.push(found[0]);
    }
  }
  marks.sort((a, b) => a - b || 0);
  const pieces = [];
  let from = least;
  for (const mark of marks) {
    const [low, high] = around(mark);
    if (high < from || low > most) continue;
    if (from < low) addPiece(pieces, [from, neighbour(low, -1)], fact);
    addPiece(pieces, [greater(from, low), lesser(high, most)], fact);
    from = neighbour(high, 1);
  }
  if (from <= most) addPiece(pieces, [from, most], fact);
  return pieces;
}

/** What one operation may come to in one lane. */
function judgedOne(op, reads) {
  const column = (n) => reads.map((read) => Float64Array.of(read[n]));
  const o = {
    value: column(0), low: column(1), high: column(2), gap: column(3), absent: column(4),
    valueOut: new Float64Array(1), lowOut: new Float64Array(1), highOut: new Float64Array(1),
    gapOut: new Float64Array(1), absentOut: new Float64Array(1),
  };
  op.kernel(op, o.value, o.valueOut, 1);
  bound(op, o, 1);
  return [o.valueOut[0], o.lowOut[0], o.highOut[0], o.gapOut[0], o.absentOut[0]];
}

/** What any case has room for; null where nothing is split. */
function allCases(condition, at, operations, facts) {
  const split = [], last = condition.parts[condition.parts.length - 1];
  const chooses = operations[last].row.logic === 'chooses';
  let cases = 1;
  for (const n of condition.several) {
    const reg = condition.reads[n];
    if (!isOpen(at.get(reg))) continue;
    const pieces = piecesOf(condition, reg, at, operations, facts[reg]);
    if (pieces.length < 2 || cases * pieces.length > MOST_CASES) continue;
    cases *= pieces.length;
    split.push([reg, pieces]);
  }
  if (split.length === 0) return null;
  const all = [NaN, Infinity, -Infinity, 0, 0];
  const go = (depth) => { // false once nothing is left to be told
    if (depth === split.length) {
      for (const index of condition.parts)
        at.set(index, judgedOne(operations[index], operations[index].in.map((reg) => at.get(reg))));
      const one = at.get(last);
      all[1] = lesser(all[1], one[1]);
      for (const n of [2, 3, 4]) all[n] = greater(all[n], one[n]);
      return chooses || !(all[1] < all[2]);
    }
    const [reg, pieces] = split[depth], whole = at.get(reg);
    let more = true;
    for (const [low, high] of pieces) {
      at.set(reg, [whole[4] === 0 && low === high ? low : NaN, low, high, whole[3], whole[4]]);
      more = go(depth + 1);
      if (!more) break;
    }
    at.set(reg, whole);
    return more;
  };
  go(0);
  return { all, chooses };
}

/** `found`, what bounds say of the condition, narrowed to what all pieces have room for. */
function narrowed(condition, at, found, operations, facts) {
  const cases = allCases(condition, at, operations, facts);
  if (!cases || (cases.all[1] < cases.all[2] && !cases.chooses)) return found;
  const { all } = cases;
  let [value, low, high, gap, absent] = found;
  low = greater(low, all[1]);
  high = lesser(high, all[2]);
  gap = lesser(gap, all[3]);
  absent = lesser(absent, all[4]);
  if (!isUnknown(value)) {
    low = lesser(low, value);
    high = greater(high, value);
    if (low === high && gap === 0) absent = 0;
  } else if (low === high && gap === 0) {
    value = low;
    absent = 0;
  }
  return [value, low, high, gap, absent];
}
