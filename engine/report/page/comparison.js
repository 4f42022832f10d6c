// Two countries, or one on two dates: who is higher from which viewpoint, what makes the gap, fact
// by fact.
import { makeBar } from "./bars.js";
import { blocksOf } from "./blocks.js";
import { makeCrossover } from "./crossover.js";
import { saveButton } from "./csv.js";
import { el, refill } from "./dom.js";
import {
  capitalised,
  decimal,
  inUnits,
  interval,
  joined,
  points,
  printedMove,
  smallPoints,
} from "./format.js";
import { makeGap } from "./gap.js";
import { labelled } from "./labels.js";
import { domainOf } from "./lines.js";
import { makeSideFacts } from "./sidefacts.js";

export function makeComparison(page, place) {
  const { data } = page;
  const { payload } = data;
  const gap = makeGap(page),
    mixing = makeCrossover(page),
    beside = makeSideFacts(page);
  const content = el("div");
  const sideTools = [0, 1].map((side) => {
    const choice = page.countryChoice(`side-${side}`, (country) => {
      const pair = [...page.state.pair];
      pair[side] = country;
      page.go({ pair });
    });
    const dates =
      payload.dates.length > 1 &&
      el(
        "select",
        {
          id: `side-date-${side}`,
          "aria-label": `Date of the ${side ? "second" : "first"}`,
          onchange: () => {
            const pairDates = [...page.state.pairDates];
            pairDates[side] = Number(dates.value);
            page.go({ pairDates });
          },
        },
        el("option", { value: "-1" }, "date as above"),
        payload.dates.map((d, i) => el("option", { value: String(i) }, d.label)),
      );
    return {
      choice,
      dates,
      element: el(
        "span",
        { class: "side" },
        el("label", { for: `side-${side}` }, side ? "Second " : "First ", choice.element),
        dates,
      ),
    };
  });
  const swap = el(
    "button",
    {
      type: "button",
      class: "quiet",
      onclick: () =>
        page.go({
          pair: [...page.state.pair].reverse(),
          pairDates: [...page.state.pairDates].reverse(),
        }),
    },
    "Swap",
  );
  place.append(
    el("div", { class: "tools" }, sideTools[0].element, swap, sideTools[1].element),
    content,
  );

  let shown = "";
  function update(state) {
    sideTools.forEach(({ choice, dates }, side) => {
      choice.set(state.pair[side]);
      if (dates) dates.value = String(state.pairDates[side]);
    });
    const key = [
      state.pair,
      state.pairDates,
      state.date,
      state.viewpoint,
      state.output,
      state.language,
    ].join(" ");
    if (key === shown) return;
    if (String(state.pair) !== shown.split(" ")[0]) mixing.reset();
    shown = key;
    draw(state);
  }

  function draw(state) {
    if (state.pair.some((country) => country < 0)) {
      refill(
        content,
        el("p", { class: "note" }, "Choose two countries, or one twice on two dates."),
      );
      return;
    }
    const sides = state.pair.map((country, side) => ({
      country,
      date: state.pairDates[side] < 0 ? state.date : state.pairDates[side],
    }));
    const sameDate = sides[0].date === sides[1].date;
    const names = sides.map(({ country, date }) =>
      state.pair[0] === state.pair[1] || !sameDate
        ? `${payload.countries[country].name} ${payload.dates[date].label}`
        : payload.countries[country].name,
    );
    if (sides[0].country === sides[1].country && sameDate) {
      refill(
        content,
        el("p", { class: "note" }, "Both sides are the same: choose another country or date."),
      );
      return;
    }
    const told = sameDate
      ? payload.comparisons?.find(
          (c) =>
            c.date === sides[0].date &&
            c.first === sides[0].country &&
            c.second === sides[1].country,
        )
      : null;
    const views = payload.viewpoints.map((viewpoint, v) => view(state, sides, v)).filter(Boolean);
    refill(
      content,
      el("p", { class: "lead" }, overall(state, names, views)),
      views.length > 0 && [
        table(state, names, views),
        saveButton(`comparison of ${names.join(" and ")}`, () => pairCsv(names, views)),
      ],
      gap.waterfall(state, sides, names, told, views),
      mixing.crossover(state, sides, names, views),
      beside.factsTable(state, sides, names, told),
      told &&
        el(
          "details",
          { class: "why" },
          el("summary", {}, el("h3", {}, "The engine’s own text of this comparison")),
          el("div", { class: "explain" }, blocksOf(told.blocks, page.open, 4, page.plain)),
        ),
    );
  }

  // One viewpoint's scores of both sides, and which is higher; null where a scenario leaves it out.
  function view(state, sides, v) {
    const columns = sides.map(({ date }) => data.output(v, date, state.output));
    if (columns.some((column) => !column)) return null;
    const value = columns.map((column, s) => column.value[sides[s].country]);
    const gap = value[1] - value[0],
      margin = payload.model.level_margin ?? 0;
    const verdict = Number.isNaN(gap)
      ? "not rated"
      : Math.abs(decimal(gap)) < margin || gap === 0
        ? "level"
        : gap > 0
          ? "second"
          : "first";
    return {
      v,
      columns,
      value,
      gap,
      verdict,
      low: columns.map((column, s) => column.low[sides[s].country]),
      high: columns.map((column, s) => column.high[sides[s].country]),
      band: columns.map((column, s) => column.band[sides[s].country]),
    };
  }

  const comparative = (state) => {
    const node = payload.nodes[payload.outputs[state.output]];
    return node.worse?.[0] ?? (node.higher_is_better ? "better" : "higher");
  };
  function verdictWords(state, names, view) {
    if (view.verdict === "first" || view.verdict === "second")
      return `${names[view.verdict === "first" ? 0 : 1]} is ${comparative(state)}`;
    return view.verdict;
  }
  function overall(state, names, views) {
    const rated = views.filter((view) => view.verdict !== "not rated");
    if (rated.length === 0) return "Not both are rated.";
    const kinds = new Set(rated.map((view) => view.verdict));
    const by = (kind) =>
      joined(
        rated
          .filter((view) => view.verdict === kind)
          .map((view) => page.viewpointName(view.v, state.language)),
      );
    const few = Math.abs(rated[0].gap);
    if (payload.viewpoints.length < 2 || rated.length < 2)
      return rated[0].verdict === "level"
        ? `${names[0]} and ${names[1]} are level: the gap is under ${payload.model.level_margin} points.`
        : `${verdictWords(state, names, rated[0])}, by ${smallPoints(few, page.digitsOf(state)).replace(/^\+/, "")} points.`;
    if (kinds.size === 1)
      return kinds.has("level")
        ? `Level in every viewpoint: gaps are under ${payload.model.level_margin} points.`
        : `Agreed: ${verdictWords(state, names, rated[0])} in every viewpoint.`;
    const told = ["first", "second"]
      .filter((kind) => kinds.has(kind))
      .map(
        (kind) =>
          `${by(kind)} ${rated.filter((view) => view.verdict === kind).length > 1 ? "see" : "sees"} ${names[kind === "first" ? 0 : 1]} as the ${comparative(state)}`,
      );
    if (kinds.has("level"))
      told.push(
        `${by("level")} ${rated.filter((view) => view.verdict === "level").length > 1 ? "call" : "calls"} it level`,
      );
    return `Divided: ${told.join(", ")}.`;
  }

  function table(state, names, views) {
    const scale = domainOf(
      views.flatMap((view) => [view.low, view.high]),
      3,
    );
    const digits = sharedDigits(state, views);
    return el(
      "div",
      { class: "scrolls", tabindex: "0", role: "group", "aria-label": "Both from each viewpoint" },
      el(
        "table",
        { class: "plain pair" },
        el(
          "caption",
          {},
          `From each viewpoint, with bounds (bars run from ${scale[0]} to ${scale[1]})`,
        ),
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("th", { scope: "col" }, "Viewpoint"),
            names.map((name) => [
              el("th", { scope: "col", class: "number" }, name),
              el(
                "th",
                { scope: "col", class: "bounds" },
                el("span", { class: "unseen" }, `Bounds of ${name}`),
              ),
            ]),
            el("th", { scope: "col", class: "number" }, "Gap"),
            el("th", { scope: "col" }, "Verdict"),
          ),
        ),
        el(
          "tbody",
          {},
          views.map((view) =>
            el(
              "tr",
              { class: view.v === state.viewpoint ? "current" : null },
              el("th", { scope: "row" }, labelled(payload.viewpoints[view.v], state.language)),
              [0, 1].map((s) => {
                const bar = makeBar(scale);
                bar.set(view.value[s], view.low[s], view.high[s], view.band[s]);
                return [
                  el(
                    "td",
                    { class: "number" },
                    points(view.value[s], digits),
                    el(
                      "span",
                      { class: "ends phone" },
                      interval(view.low[s], view.high[s], digits),
                    ),
                  ),
                  el(
                    "td",
                    { class: "bounds" },
                    bar.bar,
                    el("span", { class: "ends" }, interval(view.low[s], view.high[s], digits)),
                  ),
                ];
              }),
              el("td", { class: "number" }, printedMove(view.value[0], view.value[1], digits)),
              el("td", {}, capitalised(verdictWords(state, names, view))),
            ),
          ),
        ),
      ),
    );
  }
  function pairCsv(names, views) {
    const header = [
      "viewpoint",
      ...names.flatMap((name) => [name, `${name} low`, `${name} high`]),
      "gap",
      "verdict",
    ];
    const sides = (view) => [0, 1].flatMap((s) => [view.value[s], view.low[s], view.high[s]]);
    return [
      header,
      views.map((view) => [
        payload.viewpoints[view.v].name,
        ...sides(view),
        view.gap,
        view.verdict,
      ]),
    ];
  }

  // Enough digits that a level gap doesn't look like one that isn't.
  function sharedDigits(state, views) {
    const least = page.digitsOf(state),
      margin = payload.model.level_margin ?? 0;
    const tells = (digits) =>
      views.every(({ value, verdict, gap }) => {
        if (Number.isNaN(gap) || margin === 0) return true;
        const printed =
          Math.abs(inUnits(value[1], digits) - inUnits(value[0], digits)) / 10 ** digits;
        return decimal(printed) < margin === (verdict === "level");
      });
    for (let digits = least; digits < least + 3; ++digits) if (tells(digits)) return digits;
    return least;
  }

  return { update };
}
