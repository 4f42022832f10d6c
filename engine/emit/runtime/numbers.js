// Doubles by their bits, and the decimal numbers that they stand for (engine/base/ties.hpp).

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0; // which word has the exponent
const LOW = 1 - HIGH;

const isUnknown = (x) => x !== x;
const isInfinite = (x) => x === Infinity || x === -Infinity;
const isFinite = (x) => x - x === 0;
/** Zero below zero counts as zero: of two alike the first. */
const lesser = (a, b) => (b < a ? b : a);
const greater = (a, b) => (a < b ? b : a);

/** Keeps NaN (unknown) as it is. */
function clamped(x, low, high) {
  const raised = x < low ? low : x;
  return raised > high ? high : raised;
}

/** The double so many steps away, in the direction of growing size. Not over 0. */
function stepped(x, steps) {
  double[0] = x;
  const low = words[LOW] + steps;
  words[LOW] = low;
  if (low < 0) words[HIGH] -= 1;
  if (low > 0xffffffff) words[HIGH] += 1;
  return double[0];
}

/** The next double towards an infinity: `direction` is 1 or -1. */
function neighbour(x, direction) {
  if (x === direction * Infinity || isUnknown(x)) return x;
  if (x === 0) return direction * 5e-324;
  return stepped(x, x > 0 === direction > 0 ? 1 : -1);
}

const POWERS_OF_TEN = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/** The decimal number that a double stands for: nine decimals below 100,000, fourteen digits from there on. */
function decimal(x) {
  const size = Math.abs(x);
  if (!(size < 1e22)) return x;
  let whole = 5; // digits before the point
  while (size >= POWERS_OF_TEN[whole]) ++whole;
  const unit = POWERS_OF_TEN[Math.abs(14 - whole)];
  const fraction = whole <= 14;
  const count = Math.floor((fraction ? size * unit : size / unit) + 0.5);
  const result = fraction ? count / unit : count * unit;
  return x < 0 || Object.is(x, -0) ? -result : result;
}

/** Whether two different numbers may stand for one decimal number. */
const mayTie = (a, b) => a !== b && Math.abs(a - b) <= 1e-8 + 1e-12 * Math.abs(b);
const tie = (a, b) => a === b || (mayTie(a, b) && decimal(a) === decimal(b));
const below = (a, b) => (mayTie(a, b) ? decimal(a) < decimal(b) : a < b);

const inDecimals = (x) => (Math.abs(x) < 1e13 ? decimal(x) : x);
const isWhole = (x) => !(Math.abs(x) < 2 ** 52);
const roundHalfUp = (x) => (isWhole(x) ? x : Math.floor(inDecimals(x) + 0.5));
function roundHalfEven(x) {
  if (isWhole(x)) return x;
  const value = inDecimals(x), down = Math.floor(value), rest = value - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down;
}

/** In units of the last printed digit, halves away from zero. */
function inUnits(value, digits) {
  const x = decimal(value * POWERS_OF_TEN[digits]), whole = Math.trunc(x);
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}
