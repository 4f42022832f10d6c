// Where a gap comes from: steps from one score to the other, part by part, from every viewpoint.
import { saveButton } from "./csv.js";
import { el, setStyle } from "./dom.js";
import { fixed, smallPoints } from "./format.js";
import { labelText } from "./labels.js";
import { domainOf } from "./lines.js";
import { splitOf } from "./split.js";

export function makeGap(page) {
  const { data, scores } = page;
  const { payload } = data;

  // The split of the gap from one viewpoint: {from, to, parts: Map of what to points, engine},
  // {why}, or null.
  function splitFrom(state, sides, told, v) {
    const engineView =
      state.output === data.mainOutput &&
      told?.viewpoints?.find((view) => view.name === payload.viewpoints[v].name);
    if (engineView?.attribution) {
      const { from, to, parts, difference } = engineView.attribution;
      const points = new Map(parts.map((part) => [part.node, part.points]));
      const rest = difference - parts.reduce((sum, part) => sum + part.points, 0);
      if (Math.abs(rest) > 1e-9) points.set("rules across parts", rest);
      return { from, to, parts: points, engine: true };
    }
    if (!scores.engine) return null;
    const [from, to] = sides.map(
      ({ country, date }) => data.output(v, date, state.output)?.value[country] ?? NaN,
    );
    if (Number.isNaN(to - from)) return null;
    const split = splitOf(data, scores.engine, sides, v, state.output);
    if (split.why) return split;
    const points = new Map(split.parts.map((part) => [part.node, part.points]));
    const rest = to - from - (split.to - split.from);
    // Scores of earlier dates may be rounded in the payload: then the model's own stand here.
    if (Math.abs(rest) < 1e-5) return { from: split.from, to: split.to, parts: points };
    points.set("points added by hand", rest);
    return { from, to, parts: points };
  }

  function waterfall(state, sides, names, told, views) {
    const own = splitFrom(state, sides, told, state.viewpoint);
    if (!own) return null;
    if (own.why)
      return el(
        "div",
        {},
        el("h3", {}, "Where the gap comes from"),
        el("p", { class: "note" }, `It can’t be split: ${own.why}.`),
      );
    const others = views
      .filter((view) => view.v !== state.viewpoint)
      .map((view) => ({ v: view.v, split: splitFrom(state, sides, told, view.v) }))
      .filter(({ split }) => split?.parts);
    const rows = [
      ...new Set(
        [own, ...others.map(({ split }) => split)].flatMap((split) => [...split.parts.keys()]),
      ),
    ]
      .map((key) => ({ key, points: own.parts.get(key) ?? 0 }))
      .sort((a, b) => b.points - a.points);
    return steps(state, names, rows, own, others);
  }

  function partText(node, state) {
    if (typeof node === "string")
      return data.nodeOf.has(node)
        ? labelText(payload.nodes[data.nodeOf.get(node)], state.language)
        : node;
    if (node === -1) return "facts that several parts read";
    if (node === -2) return "other facts";
    return node === -3 ? "the date itself" : labelText(payload.nodes[node], state.language);
  }

  function steps(state, names, rows, { from, to, engine }, others) {
    let at = from;
    const places = rows.map((row) => [at, (at += row.points)]);
    const [low, high] = domainOf([[from, to], places.flat()], 1, [-Infinity, Infinity]);
    const percentAt = (x) => `${((100 * (x - low)) / (high - low || 1)).toFixed(2)}%`;
    const digits = page.digitsOf(state),
      fine = Math.max(1, digits);
    const bar = (kind, a, b) =>
      el(
        "td",
        { class: "bounds" },
        el(
          "span",
          { class: `bar fall ${kind}`, "aria-hidden": "true" },
          setStyle(el("span", { class: "fall-bar" }), {
            "--from": percentAt(Math.min(a, b)),
            "--to": percentAt(Math.max(a, b)),
          }),
        ),
      );
    const number = (text) => el("td", { class: "number" }, text);
    const total = (name, value, end) =>
      el(
        "tr",
        { class: "total" },
        el("th", { scope: "row" }, name),
        bar("whole", value, value),
        number(fixed(value, digits)),
        others.map(({ split }) => number(fixed(split[end], digits))),
      );
    const head = (v) =>
      el(
        "th",
        { scope: "col", class: "number" },
        payload.viewpoints[v].name ? page.viewpointName(v, state.language) : "Points",
      );
    const ends = ["from", "to"].map((end, i) => [
      names[i],
      [from, to][i],
      ...others.map(({ split }) => split[end]),
    ]);
    const csv = [
      [
        "part",
        ...[state.viewpoint, ...others.map(({ v }) => v)].map(
          (v) => payload.viewpoints[v].name || "points",
        ),
      ],
      [
        ends[0],
        ...rows.map((row) => [
          partText(row.key, state),
          row.points,
          ...others.map(({ split }) => split.parts.get(row.key) ?? 0),
        ]),
        ends[1],
      ],
    ];
    const note = engine
      ? "The engine’s split: facts and rules change sides one by one, in every order; a part has the mean of all that is below it."
      : "Worked out in this page: the facts of each part change sides as a whole, in every order, with the rules that they trigger; a part has the mean of what it moves.";
    return el(
      "div",
      {},
      el("h3", {}, "Where the gap comes from"),
      el(
        "div",
        {
          class: "scrolls",
          tabindex: "0",
          role: "group",
          "aria-label": "Where the gap comes from",
        },
        el(
          "table",
          { class: "plain waterfall" },
          el(
            "caption",
            {},
            `From ${names[0]} to ${names[1]}, points by part; bars ${page.viewpointText(state)}, over ${fixed(low, 0)} to ${fixed(high, 0)}`,
          ),
          el(
            "thead",
            {},
            el(
              "tr",
              {},
              el("th", { scope: "col" }, "Part"),
              el("th", { scope: "col" }, "Step"),
              head(state.viewpoint),
              others.map(({ v }) => head(v)),
            ),
          ),
          el(
            "tbody",
            {},
            total(names[0], from, "from"),
            rows.map((row, i) =>
              el(
                "tr",
                {},
                el("th", { scope: "row" }, partText(row.key, state)),
                bar(row.points < 0 ? "less" : "more", ...places[i]),
                number(smallPoints(row.points, fine)),
                others.map(({ split }) =>
                  number(
                    split.parts.has(row.key) ? smallPoints(split.parts.get(row.key), fine) : "",
                  ),
                ),
              ),
            ),
            total(names[1], to, "to"),
          ),
        ),
      ),
      el("p", { class: "note" }, note),
      saveButton(`gap of ${names.join(" and ")}`, () => csv),
    );
  }
  return { waterfall };
}
