// Logarithm, exponential and power: operation for operation those of engine/evaluate/elementary.hpp
// and power.cpp, so that every bit is the engine's. Math.log, Math.exp and Math.pow promise none.

const LN2_HIGH = 6.9314718036912381649e-1, LN2_LOW = 1.90821492927058770002e-10;
const HALF_SQRT2 = 0x3fe6a09e; // sqrt(1/2), upper word

/** ln x for normal positive x; NaN stays NaN. */
function logNormal(x) {
  if (x !== x) return x;
  double[0] = x;
  const shifted = (words[HIGH] - HALF_SQRT2) | 0;
  const k = shifted >> 20;
  words[HIGH] = (shifted & 0xfffff) + HALF_SQRT2;
  const f = double[0] - 1, s = f / (2 + f), z = s * s, w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd = z * (6.66666666666673513e-1 +
    w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + odd + even) + k * LN2_LOW) - f);
}

/** e^x for |x| below 700; NaN stays NaN. */
function expModerate(x) {
  if (x !== x) return x;
  const shifted = x * 1.442695040888963387 + 6755399441055744; // 1.5 * 2^52: rounds to a whole number
  const k = shifted - 6755399441055744;
  const high = x - k * LN2_HIGH, low = k * LN2_LOW, r = high - low, t = r * r;
  const c = r - t * (1.66666666666666019037e-1 + t * (-2.77777777770155933842e-3 +
    t * (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  return scaled(1 - (low - (r * c) / (2 - c) - high), k);
}

/** x times 2^k, which leaves neither the normal numbers. */
function scaled(x, k) {
  double[0] = x;
  words[HIGH] += k * 0x100000;
  return double[0];
}

function ln(x) {
  if (!(x > 0)) return NaN;
  if (x === Infinity) return x;
  if (x < 2.2250738585072014e-308) return logNormal(x * 18014398509481984) - 54 * 6.93147180559945286227e-1;
  return logNormal(x);
}

function exp(x) {
  if (x > 709.78) return Infinity;
  if (x < -700) return x < -745 ? 0 : expModerate(x + 100) * 3.720075976020835963e-44;
  if (x > 700) return expModerate(x - 100) * 2.688117141816135448e43;
  return expModerate(x);
}

// ---- powers: sums of two doubles, [high, low]

const exactSum = (a, b) => {
  const sum = a + b, ofB = sum - a;
  return [sum, a - (sum - ofB) + (b - ofB)];
};
const quickSum = (a, b) => {
  const sum = a + b;
  return [sum, b - (sum - a)];
};
const upper = (a) => {
  const shifted = 134217729 * a;
  return shifted - (shifted - a);
};
const exactProduct = (a, b) => {
  const product = a * b, aHigh = upper(a), aLow = a - aHigh, bHigh = upper(b), bLow = b - bHigh;
  return [product, aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow];
};
const pairProduct = (a, b) => {
  const p = exactProduct(a[0], b[0]);
  return quickSum(p[0], p[1] + (a[0] * b[1] + a[1] * b[0]));
};
const pairSum = (a, b) => {
  const s = exactSum(a[0], b[0]);
  return quickSum(s[0], s[1] + (a[1] + b[1]));
};

const THIRD = [1 / 3, 1.850371707708594e-17], FIFTH = [0.2, -1.1102230246251566e-17];
const ONE_OVER_LN10 = [0.4342944819032518, 1.098319650216765e-17];

/** ln x of a positive finite x. */
function longLog(x) {
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984;
    k = -54;
  }
  double[0] = x;
  const shifted = (words[HIGH] - HALF_SQRT2) | 0;
  k += shifted >> 20;
  words[HIGH] = (shifted & 0xfffff) + HALF_SQRT2;
  const f = double[0] - 1;
  const under = exactSum(2, f);
  const sHigh = f / under[0];
  const back = exactProduct(sHigh, under[0]);
  const s = [sHigh, (f - back[0] - back[1] - sHigh * under[1]) / under[0]];
  const z = pairProduct(s, s);
  let rest = 0;
  for (let odd = 27; odd >= 7; odd -= 2) rest = z[0] * (rest + 1 / odd);
  const series = pairProduct(z, pairSum(THIRD, pairProduct(z, pairSum(FIFTH, [rest, 0]))));
  const log = pairSum(s, pairProduct(s, series));
  return pairSum([k * LN2_HIGH, k * LN2_LOW], [2 * log[0], 2 * log[1]]);
}

const ONE_OVER_FACTORIALS = []; // 1 over 16!, 15! ... 3!
for (let n = 3, factorial = 2; n <= 16; ++n) ONE_OVER_FACTORIALS.unshift(1 / (factorial *= n));

/** e to a sum of two doubles. */
function expOf([high, low]) {
  if (high > 710) return Infinity;
  if (high < -746) return 0;
  const k = Math.floor(high * 1.442695040888963387 + 0.5);
  const r = quickSum(high - k * LN2_HIGH, low - k * LN2_LOW);
  const square = pairProduct(r, r);
  let rest = 0;
  for (const term of ONE_OVER_FACTORIALS) rest = rest * r[0] + term;
  const cubic = square[0] * r[0] * rest;
  const one = quickSum(1, r[0]), two = quickSum(one[0], 0.5 * square[0]);
  const result = two[0] + (one[1] + two[1] + (r[1] + 0.5 * square[1]) + cubic);
  const half = Math.trunc(k / 2);
  return result * scaled(1, half) * scaled(1, k - half);
}

function positivePower(x, y) {
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === 0.5) return Math.sqrt(x);
  if (y === -1) return 1 / x;
  if (x === 1) return 1;
  if (Math.abs(y) > 2 ** 64) return x > 1 === y > 0 ? Infinity : 0;
  const log = longLog(x), p = exactProduct(y, log[0]);
  return expOf(quickSum(p[0], p[1] + y * log[1]));
}

/** x to the power y; exact results are exact, others within 0.53 units in the last place. */
function pow(x, y) {
  if (y === 0 || x === 1) return 1;
  if (x !== x || y !== y) return NaN;
  const size = Math.abs(x), negative = x < 0 || Object.is(x, -0);
  if (isInfinite(y)) return size === 1 ? 1 : size > 1 === y > 0 ? Infinity : 0;
  const whole = Math.floor(y) === y;
  if (negative && x !== 0 && size !== Infinity && !whole) return NaN;
  const result = size === 0 ? (y > 0 ? 0 : Infinity)
    : size === Infinity ? (y > 0 ? Infinity : 0)
    : positivePower(size, y);
  const odd = whole && Math.abs(y) < 2 ** 53 && y % 2 !== 0;
  return negative && odd ? -result : result;
}

function log10(x) {
  if (!(x > 0)) return NaN;
  if (x === Infinity) return x;
  const log = pairProduct(longLog(x), ONE_OVER_LN10);
  return log[0] + log[1];
}
