// A country over the dates, and what moved it from one to the next.
import { el } from "./dom.js";
import { fixed, inUnits, points, printedMove, smallPoints, spoken } from "./format.js";
import { labelText } from "./labels.js";
import { domainOf, lineChart, responsive } from "./lines.js";

export function makeSeries(page) {
  const { data } = page;
  const { payload } = data;

  function series(state) {
    if (payload.dates.length < 2) return null;
    const columns = payload.dates.map((_, d) => data.output(state.viewpoint, d, state.output)),
      c = state.country;
    const of = (name) => columns.map((column) => column?.[name][c] ?? NaN);
    const one = {
      name: payload.countries[c].name,
      values: of("value"),
      low: of("low"),
      high: of("high"),
      kind: "first",
      at: state.date,
    };
    const node = payload.nodes[payload.outputs[state.output]];
    const xs = positions(payload.dates),
      domain = domainOf([one.values, one.low, one.high]);
    const chart = el("div", { class: "chart" });
    const text = payload.dates
      .map((d, i) => `${d.label}: ${points(one.values[i], page.digitsOf({ ...state, date: i }))}`)
      .join(", ");
    queueMicrotask(() =>
      responsive(chart, (width) =>
        lineChart({
          width,
          title: `${one.name} over the dates. ${text}`,
          xs,
          xLabels: payload.dates.map((d, i) => [xs[i], d.label]),
          series: [one],
          domain,
          edges: edgesOf(node),
          endNames: false,
        }),
      ),
    );
    return el("div", {}, el("h3", {}, "Over the dates"), chart, overall(state, one), moved(state));
  }

  // From the first date that rates it to the one that is chosen.
  function overall(state, { values }) {
    const first = values.findIndex((value) => !Number.isNaN(value));
    if (first < 0 || first >= state.date || Number.isNaN(values[state.date])) return null;
    const digits = Math.max(1, page.digitsOf(state)); // as the moves below
    const [from, to] = [first, state.date].map((d) => payload.dates[d].label);
    return el(
      "p",
      {},
      `${from} to ${to}: ${fixed(values[first], digits)} to ${fixed(values[state.date], digits)}, `,
      el("strong", {}, printedMove(values[first], values[state.date], digits)),
      ".",
    );
  }

  function moved(state) {
    const moves = (payload.moves ?? []).filter(
      (m) => m.country === state.country && m.viewpoint === state.viewpoint,
    );
    if (moves.length === 0 || state.output !== data.mainOutput) return null;
    return el(
      "div",
      {},
      el("h4", {}, "What moved it"),
      el(
        "dl",
        { class: "moves" },
        moves.map((move) => {
          const largest = (move.movers ?? []).slice(0, 4);
          // As many digits as its causes, so that they add up to it.
          const digits = Math.max(1, page.digitsOf({ ...state, date: move.to_date }));
          const total = printedMove(move.from, move.to, digits);
          const rest = move.to - move.from - largest.reduce((sum, mover) => sum + mover.points, 0);
          return [
            el(
              "dt",
              {},
              `${payload.dates[move.from_date].label} to ${payload.dates[move.to_date].label} `,
              el("strong", {}, total),
            ),
            el(
              "dd",
              {},
              move.unsplit_because
                ? move.unsplit_because
                : largest.map((mover, i) => [
                    i > 0 && "; ",
                    `${spoken(moverName(data, mover, state.language))} ${smallPoints(mover.points, digits)}`,
                  ]),
              !move.unsplit_because &&
                inUnits(rest, digits) !== 0 &&
                `; all others ${smallPoints(rest, digits)}`,
              move.mostly_data &&
                el("span", { class: "note" }, " Mostly data that began or ended."),
            ),
          ];
        }),
      ),
    );
  }

  return { series };
}

// What moved a score, as a reader knows it: the label of a fact or a rule.
export function moverName(data, mover, language) {
  if (mover.kind === "model") return mover.title ?? mover.kind;
  const node = mover.node && data.nodeOf.get(mover.node);
  if (node !== undefined && node !== null && node !== "")
    return labelText(data.payload.nodes[node], language);
  const rule = mover.rule && data.payload.rules?.find((r) => r.name === mover.rule);
  return rule ? labelText(rule, language) : (mover.title ?? mover.kind);
}

// Edges of bands as [value, name of the band above].
export const edgesOf = (node) =>
  node.bands
    ? node.bands.edges.map((edge, i) => [edge, `from ${edge}: ${node.bands.names[i + 1]}`])
    : [];

// Places of dates between the first and the last, 0 to 1.
export function positions(dates) {
  const days = dates.map((d) => Date.parse(d.as_of));
  const from = days[0],
    span = days[days.length - 1] - from;
  const apart = span > 0 && new Set(days).size === days.length;
  return days.map((day, i) => (apart ? (day - from) / span : i / Math.max(1, days.length - 1)));
}
