// What a score is made of: its parts with weight, score, bounds and what each costs.
import { makeBar } from "./bars.js";
import { makeChange } from "./change.js";
import { saveButton } from "./csv.js";
import { el } from "./dom.js";
import { placeLink } from "./facts.js";
import { fixed, interval, points, weightText } from "./format.js";
import { labelled, questionOf } from "./labels.js";

export function makeParts(page) {
  const { data, scores } = page;
  const { payload } = data;

  function factors(state) {
    const main = payload.nodes[payload.outputs[state.output]],
      v = state.viewpoint;
    const drivers = new Map(
      state.output === data.mainOutput
        ? (data.results(v, state.date)?.drivers?.[state.country] ?? [])
        : [],
    );
    const rows = (main.members ?? [])
      .map((member) => ({
        node: member.node,
        k: payload.factors.indexOf(member.node),
        columns: turned(partColumns(state, member.node), member.flip),
        weight: member.weights?.[v] ?? member.weights?.[0] ?? NaN,
        points: drivers.get(member.node) ?? NaN,
      }))
      .filter((row) => row.columns);
    if (rows.length === 0)
      return main.formula
        ? el("div", {}, el("h3", {}, "Made of"), el("p", {}, el("code", {}, main.formula)))
        : null;
    rows.sort((a, b) => (b.points || 0) - (a.points || 0) || b.weight - a.weight);
    // The engine leaves out what makes less than 0.05 points either way.
    const unpriced = `<${fixed(0.1, Math.max(1, page.digitsOf(state)))}`;
    const digits = payload.dates[state.date].digits,
      anyPoints = rows.some((row) => !Number.isNaN(row.points));
    return el(
      "div",
      {},
      el("h3", {}, "Made of"),
      el(
        "table",
        { class: "plain factors" },
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("th", { scope: "col" }, "Part"),
            el("th", { scope: "col", class: "number" }, "Weight"),
            el("th", { scope: "col", class: "number" }, "Score"),
            el("th", { scope: "col" }, "Bounds"),
            anyPoints && el("th", { scope: "col", class: "number" }, "Costs"),
          ),
        ),
        el(
          "tbody",
          {},
          rows.map(({ node, k, columns, weight, points: worth }) => {
            const c = state.country,
              bar = makeBar(),
              at = k < 0 ? -1 : payload.outputs.length + k;
            bar.set(
              columns.value[c],
              columns.low?.[c] ?? columns.value[c],
              columns.high?.[c] ?? columns.value[c],
            );
            return el(
              "tr",
              {},
              el(
                "th",
                { scope: "row" },
                labelled(payload.nodes[node], state.language),
                el("span", { class: "anchor" }, questionOf(payload.nodes[node], state.language)),
              ),
              el("td", { class: "number" }, Number.isNaN(weight) ? "" : weightText(weight)),
              el("td", { class: "number" }, points(columns.value[c], digits[at] ?? 0)),
              el(
                "td",
                { class: "bounds" },
                bar.bar,
                columns.low &&
                  el(
                    "span",
                    { class: "ends" },
                    interval(columns.low[c], columns.high[c], digits[at] ?? 0),
                  ),
              ),
              anyPoints &&
                el(
                  "td",
                  { class: "number" },
                  Number.isNaN(columns.value[c])
                    ? "unknown"
                    : Number.isNaN(worth)
                      ? unpriced
                      : fixed(worth, Math.max(1, page.digitsOf(state))),
                ),
            );
          }),
        ),
      ),
      saveButton(
        `parts of ${payload.countries[state.country].code} ${payload.dates[state.date].label}`,
        () => [
          ["part", "weight", "score", "low", "high", "costs"],
          rows.map(({ node, columns, weight, points: worth }) => [
            payload.nodes[node].name,
            weight,
            columns.value[state.country],
            columns.low?.[state.country] ?? NaN,
            columns.high?.[state.country] ?? NaN,
            worth,
          ]),
        ],
      ),
      el("p", { class: "note" }, weighedBy(main, v)),
      anyPoints &&
        el(
          "p",
          { class: "note" },
          `Costs: points by which the score would be better with this part at its best and what its own rules add to it gone, their floors too. Where sentences on the country give a smaller number, such a floor still holds in it, and this one stands there in brackets. Costs don’t add up to the score${main.combination ? `, which is a ${main.combination} of the parts, not their sum` : ""}.`,
        ),
    );
  }

  // Who answers for the weights.
  function weighedBy(output, v) {
    const of =
      output.weighed_by_viewpoint && payload.viewpoints[v].name ? payload.viewpoints[v] : output;
    return (
      of.judged && [
        `Weights by ${of.judged.by}, ${of.judged.on}: ${of.judged.because}. `,
        placeLink(page, of.at),
      ]
    );
  }

  // As the output counts them: where more of a part is better for it, turned round.
  function turned(columns, flip) {
    if (!columns || !flip) return columns;
    const round = (list) => list && list.map((x) => 100 - x);
    return { value: round(columns.value), low: round(columns.high), high: round(columns.low) };
  }

  // Scores of a part: of a factor as the files have them, of others as the model in the page works
  // them out.
  function partColumns(state, node) {
    const k = payload.factors.indexOf(node),
      told = k < 0 ? null : data.factor(state.viewpoint, state.date, k);
    if (told || !scores.engine) return told;
    const part = scores.engine.score(state.date, state.viewpoint, makeChange(), { coverage: false })
      .nodes[scores.engine.nodeOf[node]];
    if (!part) return null;
    const whole = payload.dates[state.date].whole !== false;
    return {
      value: (part.score ?? part.value).slice(),
      low: whole ? (part.scoreLow ?? part.low).slice() : null,
      high: whole ? (part.scoreHigh ?? part.high).slice() : null,
    };
  }
  return { factors };
}
