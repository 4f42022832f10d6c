// One country: score, factors, series, reasons, what would turn it, what to watch, and every fact.
import { makeBar } from "./bars.js";
import { blocksOf } from "./blocks.js";
import { makeChange } from "./change.js";
import { saveButton } from "./csv.js";
import { el, refill, setStyle } from "./dom.js";
import { factsTable, placeLink } from "./facts.js";
import {
  capitalised,
  fixed,
  interval,
  joined,
  percent,
  points,
  printedMove,
  smallPoints,
  spoken,
} from "./format.js";
import { labelled, shortened } from "./labels.js";
import { makeParts } from "./parts.js";
import { marksLegend } from "./ranking.js";
import { makeSeries } from "./series.js";
import { isDoubtful } from "./standing.js";
import { makeTurning } from "./turning.js";

export function makeCountry(page, place) {
  const { data, scores } = page;
  const { payload } = data;
  const parts = makeParts(page),
    lines = makeSeries(page),
    turns = makeTurning(page);
  const choice = page.countryChoice("country-choice", (country) => page.go({ country }));
  const content = el("div");
  place.append(
    el(
      "div",
      { class: "tools" },
      el("label", { for: "country-choice" }, "Country ", choice.element),
      neighbours(),
    ),
    content,
  );

  function neighbours() {
    const step = (by, text) =>
      el(
        "button",
        {
          type: "button",
          class: "quiet",
          onclick: () => {
            const columns = scores.current(page.state);
            const order = [...columns.rank.keys()]
              .filter((i) => !Number.isNaN(columns.rank[i]))
              .sort((a, b) => columns.rank[a] - columns.rank[b]);
            const at = order.indexOf(page.state.country);
            if (at < 0) return void page.go({ country: order[by < 0 ? order.length - 1 : 0] });
            page.go({ country: order[(at + by + order.length) % order.length] });
          },
        },
        text,
      );
    return el("span", { class: "steps" }, step(-1, "One rank up"), step(1, "One rank down"));
  }

  let shown = "";
  function update(state) {
    const { country } = state;
    choice.set(country);
    const key = [
      country,
      state.date,
      state.viewpoint,
      state.output,
      state.language,
      scores.changed() ? page.version : 0,
    ].join(" ");
    if (key === shown) return;
    shown = key;
    if (country < 0) {
      refill(
        content,
        unknownInAddress(),
        el("p", { class: "note" }, "Choose a country here, on the map or in the ranking."),
      );
      return;
    }
    const columns = scores.file(state);
    if (!columns) {
      refill(content, el("p", {}, "The scenario of this date leaves this viewpoint out."));
      return;
    }
    refill(
      content,
      head(state, columns),
      el("div", { class: "columns" }, parts.factors(state), lines.series(state)),
      why(state),
      turns.turning(state),
      turns.tripwires(state),
      facts(state),
    );
  }

  function head(state, columns) {
    const { country } = state,
      digits = page.digitsOf(state),
      node = payload.nodes[payload.outputs[state.output]];
    const value = columns.value[country],
      rated = !Number.isNaN(value);
    const bar = makeBar([node.low ?? 0, node.high ?? 100], "large");
    bar.set(value, columns.low[country], columns.high[country], columns.band[country]);
    const now = scores.changed() ? scores.current(state) : null;
    const item = (term, ...text) => [el("dt", {}, term), el("dd", {}, text)];
    const of = columns.value.filter((v) => !Number.isNaN(v)).length;
    const band = rated && node.bands ? node.bands.names[columns.band[country]] : "";
    return el(
      "div",
      { class: "head" },
      el("h3", { class: "country-name" }, payload.countries[country].name),
      el(
        "p",
        { class: "headline" },
        el("span", { class: "big" }, points(value, digits)),
        el(
          "span",
          {},
          labelled(node, state.language),
          band && [
            ", ",
            el("span", { class: "swatch", "data-band": columns.band[country] }),
            el("strong", {}, band),
          ],
          el("br"),
          el(
            "span",
            { class: "note" },
            `${page.viewpointText(state)}, ${page.dateText(state)}; ${scaleWords(node)}`,
          ),
        ),
      ),
      rated && [bar.bar, bandScale(node)],
      now &&
        el(
          "p",
          { class: "live" },
          `With your change: ${points(now.value[country], digits)} (${printedMove(value, now.value[country], digits)}). What follows is that of the files.`,
        ),
      rated &&
        isDoubtful(node, columns.coverage[country]) &&
        el(
          "p",
          { class: "live" },
          `Little known: ${percent(columns.coverage[country])} of the weight. Read the bounds, not the score or the rank.`,
        ),
      rated && markWords(columns.marks[country]),
      !rated && el("p", {}, whyNotRated(state)),
      el(
        "div",
        { class: "columns" },
        el(
          "div",
          {},
          rated &&
            el(
              "dl",
              { class: "figures" },
              item(
                "Bounds",
                interval(columns.low[country], columns.high[country], digits),
                el(
                  "span",
                  { class: "note" },
                  " over all that is unknown or uncertain of the facts; old figures count as they stand",
                ),
              ),
              item(
                "Rank",
                payload.only
                  ? `${columns.rank[country]} among all`
                  : `${columns.rank[country]} of ${of}`,
                columns.rankTo[country] > columns.rankFrom[country] &&
                  el(
                    "span",
                    { class: "note" },
                    ` (${columns.rankFrom[country]} to ${columns.rankTo[country]} within the bounds)`,
                  ),
              ),
              columns.levelTo[country] > columns.levelFrom[country] &&
                item(
                  "Level with",
                  `ranks ${columns.levelFrom[country]} to ${columns.levelTo[country]}`,
                ),
              !Number.isNaN(columns.coverage[country]) &&
                item(
                  "Known",
                  percent(columns.coverage[country]),
                  el("span", { class: "note" }, " of the weight"),
                ),
              !Number.isNaN(columns.judgement[country]) &&
                item(
                  "Judged",
                  percent(columns.judgement[country]),
                  el(
                    "span",
                    { class: "note" },
                    " of the weight rests on facts that were judged or assumed, not measured; weights and scales are judgements always",
                  ),
                ),
            ),
          overrides(state),
          branches(state),
        ),
        viewpoints(state),
      ),
    );
  }

  function whyNotRated(state) {
    const found = data
      .results(state.viewpoint, state.date)
      ?.not_rated?.find(([of]) => of === state.country);
    return found
      ? page.plain(`Not rated: ${found[1]}.`)
      : "Not scored by the scenario of this date.";
  }
  function overrides(state) {
    return payload.dates[state.date].overrides
      ?.filter((o) => o.country === state.country && o.applied)
      .map((o) =>
        el(
          "p",
          { class: "live" },
          `${smallPoints(o.points, 1)} points were added by hand to ${spoken(payload.nodes[o.node].name)} by ${o.by} until ${o.until}: ${o.because}. `,
          placeLink(page, o.at),
        ),
      );
  }

  // What the score would be on each branch of what was open on the date, and the mean by their
  // chances.
  function branches(state) {
    const { branches: all = [], expected = [] } = payload.dates[state.date],
      digits = page.digitsOf(state);
    const value = (branch) => branch.values?.[state.viewpoint]?.[state.output]?.[state.country];
    const groups = [...new Set(all.map((branch) => branch.group))];
    return groups.map((group) => {
      const told = all
        .filter((branch) => branch.group === group)
        .map(
          (branch) =>
            `${branch.name} (${percent(branch.probability)}): ${points(value(branch) ?? NaN, digits)}`,
        );
      const mean = expected.find((one) => one.group === group);
      return el(
        "p",
        {},
        el("strong", {}, `${group}: `),
        told.join("; "),
        mean && `; expected ${points(value(mean) ?? NaN, digits)}`,
        ".",
      );
    });
  }

  function viewpoints(state) {
    if (payload.viewpoints.length < 2) return null;
    const digits = page.digitsOf(state);
    return el(
      "div",
      {},
      el(
        "table",
        { class: "plain viewpoints" },
        el("caption", {}, "From each viewpoint"),
        el(
          "tbody",
          {},
          payload.viewpoints.map((viewpoint, v) => {
            const columns = data.output(v, state.date, state.output);
            if (!columns) return null;
            const bar = makeBar(),
              c = state.country;
            bar.set(columns.value[c], columns.low[c], columns.high[c], columns.band[c]);
            return el(
              "tr",
              { class: v === state.viewpoint ? "current" : null },
              el("th", { scope: "row" }, labelled(viewpoint, state.language)),
              el("td", { class: "number" }, points(columns.value[c], digits)),
              el(
                "td",
                { class: "bounds" },
                bar.bar,
                el("span", { class: "ends" }, interval(columns.low[c], columns.high[c], digits)),
              ),
            );
          }),
        ),
      ),
    );
  }

  function why(state) {
    const text = page.textOf(state);
    if (!text) return null;
    const other = text.date !== state.date || text.viewpoint !== state.viewpoint;
    return el(
      "details",
      { class: "why", "data-print": "open", open: !text.whole },
      el("summary", {}, el("h3", {}, text.whole ? "Why: the engine’s own sentences" : "In short")),
      !text.whole && el("p", { class: "note" }, toldInFull()),
      other &&
        el(
          "p",
          { class: "live" },
          `These are of ${payload.dates[text.date].label}, ${page.viewpointText({ ...state, viewpoint: text.viewpoint })}.`,
        ),
      el("div", { class: "explain" }, blocksOf(text.blocks, page.open, 4, page.plain)),
    );
  }

  // Which countries have all of the engine's sentences in this page, and how others get them.
  function toldInFull() {
    const full = [...new Set((payload.texts ?? []).filter((t) => t.whole).map((t) => t.country))];
    const names = joined(full.map((i) => payload.countries[i].name));
    const { code } = payload.countries[page.state.country];
    return [
      full.length > 0
        ? `The engine tells ${names} in full in this page; of the other countries it has the head, parts, rules and facts. `
        : "The engine tells no country in full in this page; of each it has the head, parts, rules and facts. ",
      "A page made with ",
      el("code", {}, `waystone report … --country ${code}`),
      ` has what drives the score, and what moved it from date to date, for ${payload.countries[page.state.country].name}.`,
    ];
  }

  function facts(state) {
    const engine = scores.engine;
    let scoreOf = () => "";
    if (engine) {
      const result = engine.score(state.date, state.viewpoint, makeChange(), {
        bounds: false,
        coverage: false,
      });
      const texts = payload.indicators.map((node) => {
        const score = result.nodes[engine.nodeOf[node]]?.score?.[state.country];
        return score === undefined || Number.isNaN(score) ? "" : fixed(score, 0);
      });
      scoreOf = (indicator) => texts[indicator];
    }
    const known = payload.indicators.filter(
      (_, i) => !Number.isNaN(data.facts(i, state.date).value[state.country]),
    ).length;
    return el(
      "details",
      { class: "all-facts", "data-print": "open" },
      el("summary", {}, el("h3", {}, `Every fact: ${known} of ${payload.indicators.length} known`)),
      known < payload.indicators.length &&
        el(
          "p",
          { class: "note" },
          "Facts without a weight of their own, as those that rules alone read, don’t count in the share of the weight that is known.",
        ),
      saveButton(
        `facts of ${payload.countries[state.country].code} ${payload.dates[state.date].label}`,
        () => factsCsv(state),
      ),
      factsTable(page, state, state.country, scoreOf),
    );
  }
  function factsCsv(state) {
    return [
      [
        "country",
        "as_of",
        "fact",
        "value",
        "low",
        "high",
        "grade",
        "valid",
        "source",
        "by",
        "because",
        "file",
        "line",
      ],
      payload.indicators.map((node, i) => {
        const fact = data.fact(i, state.date, state.country),
          figure = fact.figure ?? {};
        return [
          payload.countries[state.country].code,
          payload.dates[state.date].as_of,
          payload.nodes[node].name,
          fact.value,
          fact.low,
          fact.high,
          fact.grade,
          figure.valid ?? "",
          payload.sources[figure.source]?.name ?? "",
          figure.by ?? "",
          figure.because ?? "",
          payload.files[figure.file]?.path ?? "",
          fact.line || "",
        ];
      }),
    ];
  }
  return { update };
}

// An address that names a country which isn't here.
function unknownInAddress() {
  const [, code] = /^#country\/([^/?]+)/.exec(location.hash) ?? [];
  return code && el("p", { role: "alert" }, `This report has no country ${shortened(code, 20)}.`);
}

// What the letters beside a score in the ranking say of this one.
function markWords(marks) {
  const told = [...marks].map((mark) => marksLegend[mark]).filter(Boolean);
  return told.length > 0 && el("p", { class: "note" }, `${capitalised(told.join("; "))}.`);
}

// The bands below a bar over the whole scale, with their names.
function bandScale(node) {
  if (!node.bands) return null;
  const from = node.low ?? 0,
    to = node.high ?? 100,
    ends = [from, ...node.bands.edges, to];
  return el(
    "div",
    { class: "band-scale", "aria-hidden": "true" },
    node.bands.names.map((name, i) =>
      setStyle(el("span", { class: "band-step", "data-band": i }, el("span", {}, name)), {
        "--share": String((ends[i + 1] - ends[i]) / (to - from)),
      }),
    ),
  );
}

const scaleWords = (node) =>
  node.higher_is_better === false ? `${node.high ?? 100} is worst` : `${node.high ?? 100} is best`;
