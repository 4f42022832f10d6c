// Value to score, 0 to 100 (engine/evaluate/curves.cpp).

const sigmoid = (t, steepness) => 1 / (1 + exp(-steepness * (t - 0.5)));

/** Too many knots to draw line by line: the segment by search, as the engine does it. */
const MOST_LINES = 64;

function onLines(x, at, scores) {
  const last = at.length - 1, t = clamped(x, at[0], at[last]);
  if (isUnknown(t)) return t;
  let k = 0, lowest = scores[0], highest = scores[0];
  while (k < last && t >= at[k + 1]) ++k;
  for (const score of scores) {
    lowest = lesser(lowest, score);
    highest = greater(highest, score);
  }
  const slope = k === last ? 0 : (scores[k + 1] - scores[k]) / (at[k + 1] - at[k]);
  return clamped(scores[k] + slope * (t - at[k]), lowest, highest);
}

function bySearch(x, at, scores) {
  if (isUnknown(x)) return x;
  let above = 0; // first knot beyond x
  while (above < at.length && at[above] <= x) ++above;
  if (above === 0) return scores[0];
  if (above === at.length) return scores[above - 1];
  const t = (x - at[above - 1]) / (at[above] - at[above - 1]);
  return scores[above - 1] + t * (scores[above] - scores[above - 1]);
}

const CURVES = {
  linear({ best, worst }, [x], out, lanes) {
    for (let i = 0; i < lanes; ++i) out[i] = 100 * clamped((x[i] - best) / (worst - best), 0, 1);
  },
  logarithmic({ best, worst, plus }, [x], out, lanes) {
    const from = ln(plus + best), to = ln(plus + worst);
    const least = lesser(best, worst), most = greater(best, worst);
    for (let i = 0; i < lanes; ++i)
      out[i] = 100 * clamped((ln(plus + clamped(x[i], least, most)) - from) / (to - from), 0, 1);
  },
  logistic({ best, worst, steepness }, [x], out, lanes) {
    const atBest = sigmoid(0, steepness), atWorst = sigmoid(1, steepness);
    for (let i = 0; i < lanes; ++i) {
      const t = clamped((x[i] - best) / (worst - best), 0, 1);
      out[i] = 100 * clamped((sigmoid(t, steepness) - atBest) / (atWorst - atBest), 0, 1);
    }
  },
  knots({ at, scores }, [x], out, lanes) {
    const draw = at.length > MOST_LINES ? bySearch : onLines;
    for (let i = 0; i < lanes; ++i) out[i] = draw(x[i], at, scores);
  },
  steps({ at, scores }, [x], out, lanes) {
    for (let i = 0; i < lanes; ++i) {
      let k = 0;
      while (k + 1 < at.length && !below(x[i], at[k + 1])) ++k;
      out[i] = isUnknown(x[i]) ? x[i] : scores[k];
    }
  },
  flip: unary((score) => 100 - score),
};
