// What acts on a target (engine/evaluate/effects.cpp): scales, then adds, then the lowest cap, then
// the highest floor, cut to the range after each.

const holds = (truth) => truth !== 0 && !isUnknown(truth);

// Of each kind of effect: what several come to together, from what, and what that does to a value.
// An unknown cap or floor is left out.
const KINDS = {
  scale: { neutral: 1, combine: (all, amount) => all * amount, step: (x, factor) => x * factor + 0 },
  add: { neutral: 0, combine: (all, amount) => all + amount, step: (x, points) => x + points },
  at_most: { neutral: Infinity, combine: lesser, step: lesser },
  at_least: { neutral: -Infinity, combine: greater, step: greater },
};

const EFFECTS = {
  strength({ points, low, high }, x, out, lanes) {
    for (let i = 0; i < lanes; ++i) {
      let off = isUnknown(x[1][i]);
      for (let k = 2; k < x.length; ++k) off = off || holds(x[k][i]);
      const lowered = off ? 0 : (points * (100 - x[1][i])) / 100;
      out[i] = clamped(x[0][i] - lowered, low, high);
    }
  },
  effects({ kinds, low, high }, x, out, lanes) {
    const scales = kinds.includes('scale');
    for (let i = 0; i < lanes; ++i) out[i] = (scales ? x[0][i] : clamped(x[0][i], low, high)) + 0;
    for (const kind of ['scale', 'add', 'at_most', 'at_least']) {
      if (!kinds.includes(kind)) continue;
      const { neutral, combine, step } = KINDS[kind];
      for (let i = 0; i < lanes; ++i) {
        let total = neutral;
        for (let e = 0; e < kinds.length; ++e)
          if (kinds[e] === kind && holds(x[1 + 2 * e][i])) total = combine(total, x[2 + 2 * e][i]);
        out[i] = clamped(step(out[i], total), low, high);
      }
    }
  },
  adjust: binary((x, points, op) => clamped(x + points, op.low, op.high)),
};

/** By operation: what runs it over columns. */
const KERNELS = { ...EXPRESSIONS, ...CURVES, ...MEANS, ...EFFECTS };
