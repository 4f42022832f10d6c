// Members to factor (engine/evaluate/means.cpp). Sums run in the order of the members, as the
// engine's do. A mean lies between its least and its greatest member.

/** Whether the known members carry enough of the weight, in decimals. */
const enoughKnown = (known, total, least) => known > 0 && !below(known / total, least);

/** g of the weighted mean of f(member); f and g also get the least and greatest member of the lane. */
const mean = (f, g) => (op, x, out, lanes) => {
  const { weights, floor, leastKnown } = op, members = x.length;
  for (let i = 0; i < lanes; ++i) {
    let least = Infinity, greatest = -Infinity, total = 0, known = 0;
    for (let m = 0; m < members; ++m) {
      const s = x[m][i];
      if (s < least) least = s;
      if (s > greatest) greatest = s;
      total += weights[m];
      if (!isUnknown(s)) known += weights[m];
    }
    if (floor !== null) {
      least = greater(least, floor);
      greatest = greater(greatest, floor);
    }
    let sum = leastKnown === null ? weights[0] * f(x[0][i], op, least, greatest) : 0;
    if (leastKnown === null)
      for (let m = 1; m < members; ++m) sum += weights[m] * f(x[m][i], op, least, greatest);
    else
      for (let m = 0; m < members; ++m)
        sum += isUnknown(x[m][i]) ? 0 : weights[m] * f(x[m][i], op, least, greatest);
    let result;
    if (leastKnown !== null && known < total)
      result = enoughKnown(known, total, leastKnown) ? clamped(g(sum / known, op, least, greatest), 0, 100) : NaN;
    else
      result = clamped(g(sum / total, op, least, greatest), 0, 100);
    if (result < least) result = least;
    out[i] = result > greatest ? greatest : result;
  }
};

const atLeast = (s, floor) => (floor !== null && s < floor ? floor : s);

/** The member that counts most, so that no power overflows. */
function unitOf({ order }, least, greatest) {
  const largest = order > 0 ? greatest : least;
  return largest > 0 ? largest : 1;
}
const isPlain = ({ order, floor }) => floor === null && order === 2;

const weightedMean = mean((s) => s, (m) => m);
const geometricMean = mean((s, op) => logNormal(atLeast(s, op.floor)), (m) => expModerate(m));
const harmonicMean = mean((s, op) => 1 / atLeast(s, op.floor), (m) => 1 / m);
const powerMean = mean(
  (s, op, least, greatest) => {
    if (isPlain(op)) return s * s;
    const raised = s < (op.floor ?? 0) ? op.floor ?? 0 : s;
    return pow(raised / unitOf(op, least, greatest), op.order);
  },
  (m, op, least, greatest) =>
    isPlain(op) ? Math.sqrt(m) : unitOf(op, least, greatest) * pow(m, 1 / op.order),
);

/** Of the known members, where there are enough: all count the same. */
const unweighted = (pick) => ({ leastKnown }, x, out, lanes) => {
  for (let i = 0; i < lanes; ++i) {
    const known = [];
    for (const column of x) if (!isUnknown(column[i])) known.push(column[i]);
    const enough = known.length === x.length ||
      (leastKnown !== null && enoughKnown(known.length, x.length, leastKnown));
    out[i] = enough ? pick(known) : NaN;
  }
};

function medianOf(scores) {
  scores.sort((a, b) => a - b);
  const half = scores.length >> 1;
  return scores.length % 2 ? scores[half] : (scores[half - 1] + scores[half]) / 2;
}

const MEANS = {
  arithmetic: weightedMean,
  geometric: geometricMean,
  harmonic: harmonicMean,
  power_mean: powerMean,
  weighted_sum({ weights, leastKnown, low, high }, x, out, lanes) {
    for (let i = 0; i < lanes; ++i) {
      let total = 0, known = 0, sum = 0;
      for (let m = 0; m < x.length; ++m) {
        total += weights[m];
        if (isUnknown(x[m][i])) continue;
        known += weights[m];
        sum += weights[m] * x[m][i];
      }
      const enough = leastKnown !== null && enoughKnown(known, total, leastKnown);
      const whole = known === total ? sum : sum * (total / known);
      out[i] = known === total || enough ? clamped(whole, low, high) : NaN;
    }
  },
  product: unweighted((scores) => {
    let result = 1;
    for (const score of scores) result *= score / 100;
    return clamped(100 * result, 0, 100);
  }),
  highest: unweighted((scores) => scores.reduce(greater)),
  lowest: unweighted((scores) => scores.reduce(lesser)),
  median: unweighted(medianOf),
};
