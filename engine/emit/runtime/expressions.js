// Primitive operations of written expressions (engine/evaluate/expressions.cpp). A kernel takes an
// operation, the columns that it reads, the column that it writes and the number of lanes. Unknown
// is NaN; conditions are 1, 0 or unknown.

const verdict = (holds, known) => (known ? (holds ? 1 : 0) : NaN);

const unary = (f) => (op, [a], out, lanes) => {
  for (let i = 0; i < lanes; ++i) out[i] = f(a[i], op);
};
const binary = (f) => (op, [a, b], out, lanes) => {
  for (let i = 0; i < lanes; ++i) out[i] = f(a[i], b[i], op);
};
const ternary = (f) => (op, [a, b, c], out, lanes) => {
  for (let i = 0; i < lanes; ++i) out[i] = f(a[i], b[i], c[i]);
};

/** Numbers compare as the decimals that they stand for. */
const compare = (holds) => binary((a, b) => {
  if (mayTie(a, b)) return holds(decimal(a), decimal(b)) ? 1 : 0;
  return verdict(holds(a, b), !isUnknown(a) && !isUnknown(b));
});

/** An overflow of finite numbers is arithmetic without a result. */
const arithmeticOf = (f, allowed) => binary((a, b) => {
  const result = f(a, b);
  return isInfinite(result) && !allowed(a, b) ? NaN : result;
});
const anyInfinite = (a, b) => isInfinite(a) || isInfinite(b);
const defined = (result, operandsFinite) => (operandsFinite && isInfinite(result) ? NaN : result);

const tenTo = (digits) =>
  Math.floor(digits) === digits && digits < POWERS_OF_TEN.length ? POWERS_OF_TEN[digits] : pow(10, digits);

const rounded = (round) => (op, x, out, lanes) => {
  for (let i = 0; i < lanes; ++i) {
    const value = x[0][i], digits = x.length > 1 ? x[1][i] : 0, unit = tenTo(Math.abs(digits));
    const result = digits < 0 ? round(value / unit) * unit : round(value * unit) / unit;
    out[i] = defined(result, isFinite(value));
  }
};

const fold = (pick) => (op, x, out, lanes) => {
  for (let i = 0; i < lanes; ++i) {
    let result = x[0][i];
    for (let k = 1; k < x.length; ++k) {
      const b = x[k][i];
      result = isUnknown(result) || isUnknown(b) ? NaN : pick(result, b);
    }
    out[i] = result;
  }
};

const EXPRESSIONS = {
  slot(op, x, out, lanes) {
    out.fill(op.value, 0, lanes);
  },
  dated(op, [asOf], out, lanes) {
    for (let i = 0; i < lanes; ++i) {
      let value = NaN;
      for (let k = 0; k < op.from.length && op.from[k] <= asOf[i]; ++k)
        value = asOf[i] <= op.until[k] ? op.values[k] : NaN;
      out[i] = value;
    }
  },
  copy: unary((a) => a),

  add: arithmeticOf((a, b) => a + b, anyInfinite),
  subtract: arithmeticOf((a, b) => a - b, anyInfinite),
  multiply: arithmeticOf((a, b) => a * b, anyInfinite),
  divide: arithmeticOf((a, b) => a / b, (a, b) => b !== 0 && isInfinite(a)),
  power: binary((a, b) =>
    isUnknown(a) || isUnknown(b) ? NaN : defined(pow(a, b), isFinite(a) && isFinite(b))),
  negate: unary((a) => -a),
  absolute: unary((a) => Math.abs(a)),
  log10: unary((a) => log10(a)),
  ln: unary((a) => ln(a)),
  exp: unary((a) => defined(exp(a), isFinite(a))),
  sqrt: unary((a) => (a >= 0 ? Math.sqrt(a) : NaN)),
  round_half_up: rounded(roundHalfUp),
  round_half_even: rounded(roundHalfEven),
  minimum: fold(lesser),
  maximum: fold(greater),
  clamp: ternary((x, low, high) =>
    isUnknown(low) || isUnknown(high) ? NaN : x < low ? low : x > high ? high : x),

  less: compare((a, b) => a < b),
  less_equal: compare((a, b) => a <= b),
  greater: compare((a, b) => a > b),
  greater_equal: compare((a, b) => a >= b),
  equal: compare((a, b) => a === b),
  not_equal: compare((a, b) => a !== b),
  between: ternary((x, low, high) =>
    below(x, low) || below(high, x) ? 0 : verdict(true, !isUnknown(x) && !isUnknown(low) && !isUnknown(high))),
  logical_and: binary((a, b) => (a === 0 || b === 0 ? 0 : verdict(true, !isUnknown(a) && !isUnknown(b)))),
  logical_or: binary((a, b) => (holds(a) || holds(b) ? 1 : verdict(false, !isUnknown(a) && !isUnknown(b)))),
  logical_not: unary((a) => 1 - a),
  known: unary((a) => (isUnknown(a) ? 0 : 1)),

  choose: ternary((condition, yes, no) =>
    isUnknown(condition) ? (tie(yes, no) ? yes : NaN) : condition !== 0 ? yes : no),
  months_since: binary((now, then) => monthsBetween(then, now)),
  years_since: binary((now, then) => monthsBetween(then, now) / 12),
  days_since: binary((now, then) => now - then),
  limit: unary((x, op) => clamped(x, op.low, op.high)),
};
