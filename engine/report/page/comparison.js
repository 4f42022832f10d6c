// Two countries, or one on two dates: who is higher from which viewpoint, what makes the gap, fact by fact.
import { makeBar } from "./bars.js";
import { blocksOf } from "./blocks.js";
import { saveButton } from "./csv.js";
import { el, refill, setStyle } from "./dom.js";
import { factsByFactor, placeLink, sourceOf, valueCell } from "./facts.js";
import { capitalised, decimal, fixed, interval, inUnits, joined, points, printedMove, rangeInWords, smallPoints } from "./format.js";
import { labelled, labelText } from "./labels.js";
import { domainOf, lineChart, responsive } from "./lines.js";
import { mixes } from "./mixes.js";
import { splitOf } from "./split.js";

export function makeComparison(page, place) {
  const { data, scores } = page;
  const { payload } = data;
  const content = el("div");
  const sideTools = [0, 1].map((side) => {
    const choice = page.countryChoice(`side-${side}`, (country) => {
      const pair = [...page.state.pair];
      pair[side] = country;
      page.go({ pair });
    });
    const dates = payload.dates.length > 1 && el("select", { id: `side-date-${side}`, "aria-label": `Date of the ${side ? "second" : "first"}`, onchange: () => {
      const pairDates = [...page.state.pairDates];
      pairDates[side] = Number(dates.value);
      page.go({ pairDates });
    } }, el("option", { value: "-1" }, "date as above"), payload.dates.map((d, i) => el("option", { value: String(i) }, d.label)));
    return { choice, dates, element: el("span", { class: "side" }, el("label", { for: `side-${side}` }, side ? "Second " : "First ", choice.element), dates) };
  });
  const swap = el("button", { type: "button", class: "quiet", onclick: () =>
    page.go({ pair: [...page.state.pair].reverse(), pairDates: [...page.state.pairDates].reverse() }) }, "Swap");
  place.append(el("div", { class: "tools" }, sideTools[0].element, swap, sideTools[1].element), content);

  let shown = "", onlyDifferent = true, mixed = null;
  function update(state) {
    sideTools.forEach(({ choice, dates }, side) => {
      choice.set(state.pair[side]);
      if (dates) dates.value = String(state.pairDates[side]);
    });
    const key = [state.pair, state.pairDates, state.date, state.viewpoint, state.output, state.language].join(" ");
    if (key === shown) return;
    if (String(state.pair) !== shown.split(" ")[0]) mixed = null;
    shown = key;
    draw(state);
  }

  function draw(state) {
    if (state.pair.some((country) => country < 0)) {
      refill(content, el("p", { class: "note" }, "Choose two countries, or one twice on two dates."));
      return;
    }
    const sides = state.pair.map((country, side) => ({ country, date: state.pairDates[side] < 0 ? state.date : state.pairDates[side] }));
    const sameDate = sides[0].date === sides[1].date;
    const names = sides.map(({ country, date }) => (state.pair[0] === state.pair[1] || !sameDate
      ? `${payload.countries[country].name} ${payload.dates[date].label}` : payload.countries[country].name));
    if (sides[0].country === sides[1].country && sameDate) {
      refill(content, el("p", { class: "note" }, "Both sides are the same: choose another country or date."));
      return;
    }
    const told = sameDate ? payload.comparisons?.find((c) => c.date === sides[0].date && c.first === sides[0].country && c.second === sides[1].country) : null;
    const views = payload.viewpoints.map((viewpoint, v) => view(state, sides, v)).filter(Boolean);
    refill(content, el("p", { class: "lead" }, overall(state, names, views)), views.length > 0 && table(state, names, views),
      waterfall(state, sides, names, told, views), crossover(state, sides, names, views), factsTable(state, sides, names, told),
      told && el("details", { class: "why" }, el("summary", {}, el("h3", {}, "The engine’s own text of this comparison")), el("div", { class: "explain" }, blocksOf(told.blocks, page.open, 4))));
  }

  // One viewpoint's scores of both sides, and which is higher; null where a scenario leaves it out.
  function view(state, sides, v) {
    const columns = sides.map(({ date }) => data.output(v, date, state.output));
    if (columns.some((column) => !column)) return null;
    const value = columns.map((column, s) => column.value[sides[s].country]);
    const gap = value[1] - value[0], margin = payload.model.level_margin ?? 0;
    const verdict = Number.isNaN(gap) ? "not rated" : Math.abs(decimal(gap)) < margin || gap === 0 ? "level" : gap > 0 ? "second" : "first";
    return { v, columns, value, gap, verdict, low: columns.map((column, s) => column.low[sides[s].country]), high: columns.map((column, s) => column.high[sides[s].country]),
      band: columns.map((column, s) => column.band[sides[s].country]) };
  }

  const comparative = (state) => {
    const node = payload.nodes[payload.outputs[state.output]];
    return node.worse?.[0] ?? (node.higher_is_better ? "better" : "higher");
  };
  function verdictWords(state, names, view) {
    if (view.verdict === "first" || view.verdict === "second") return `${names[view.verdict === "first" ? 0 : 1]} is ${comparative(state)}`;
    return view.verdict;
  }
  function overall(state, names, views) {
    const rated = views.filter((view) => view.verdict !== "not rated");
    if (rated.length === 0) return "Not both are rated.";
    const kinds = new Set(rated.map((view) => view.verdict));
    const by = (kind) => joined(rated.filter((view) => view.verdict === kind).map((view) => page.viewpointName(view.v, state.language)));
    const few = Math.abs(rated[0].gap);
    if (payload.viewpoints.length < 2 || rated.length < 2)
      return rated[0].verdict === "level" ? `${names[0]} and ${names[1]} are level: the gap is under ${payload.model.level_margin} points.`
        : `${verdictWords(state, names, rated[0])}, by ${smallPoints(few, page.digitsOf(state)).replace(/^\+/, "")} points.`;
    if (kinds.size === 1) return kinds.has("level") ? `Level in every viewpoint: gaps are under ${payload.model.level_margin} points.` : `Agreed: ${verdictWords(state, names, rated[0])} in every viewpoint.`;
    const told = ["first", "second"].filter((kind) => kinds.has(kind)).map((kind) => `${by(kind)} ${rated.filter((view) => view.verdict === kind).length > 1 ? "see" : "sees"} ${names[kind === "first" ? 0 : 1]} as the ${comparative(state)}`);
    if (kinds.has("level")) told.push(`${by("level")} ${rated.filter((view) => view.verdict === "level").length > 1 ? "call" : "calls"} it level`);
    return `Divided: ${told.join(", ")}.`;
  }

  function table(state, names, views) {
    const scale = domainOf(views.flatMap((view) => [view.low, view.high]), 3);
    const digits = sharedDigits(state, views);
    return el("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": "Both from each viewpoint" }, el("table", { class: "plain pair" },
      el("caption", {}, `From each viewpoint, with bounds (bars run from ${scale[0]} to ${scale[1]})`),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Viewpoint"), names.map((name) => [el("th", { scope: "col", class: "number" }, name), el("th", { scope: "col", class: "bounds" }, el("span", { class: "unseen" }, `Bounds of ${name}`))]),
        el("th", { scope: "col", class: "number" }, "Gap"), el("th", { scope: "col" }, "Verdict"))),
      el("tbody", {}, views.map((view) => el("tr", { class: view.v === state.viewpoint ? "current" : null }, el("th", { scope: "row" }, labelled(payload.viewpoints[view.v], state.language)),
        [0, 1].map((s) => {
          const bar = makeBar(scale);
          bar.set(view.value[s], view.low[s], view.high[s], view.band[s]);
          return [el("td", { class: "number" }, points(view.value[s], digits), el("span", { class: "ends phone" }, interval(view.low[s], view.high[s], digits))), el("td", { class: "bounds" }, bar.bar, el("span", { class: "ends" }, interval(view.low[s], view.high[s], digits)))];
        }), el("td", { class: "number" }, printedMove(view.value[0], view.value[1], digits)), el("td", {}, capitalised(verdictWords(state, names, view))))))));
  }
  // Enough digits that a level gap doesn't look like one that isn't.
  function sharedDigits(state, views) {
    const least = page.digitsOf(state), margin = payload.model.level_margin ?? 0;
    const tells = (digits) => views.every(({ value, verdict, gap }) => {
      if (Number.isNaN(gap) || margin === 0) return true;
      const printed = Math.abs(inUnits(value[1], digits) - inUnits(value[0], digits)) / 10 ** digits;
      return (decimal(printed) < margin) === (verdict === "level");
    });
    for (let digits = least; digits < least + 3; ++digits) if (tells(digits)) return digits;
    return least;
  }

  // The split of the gap from one viewpoint: {from, to, parts: Map of what to points, engine}, {why}, or null.
  function splitFrom(state, sides, told, v) {
    const engineView = state.output === data.mainOutput && told?.viewpoints?.find((view) => view.name === payload.viewpoints[v].name);
    if (engineView?.attribution) {
      const { from, to, parts, difference } = engineView.attribution;
      const points = new Map(parts.map((part) => [part.node, part.points]));
      const rest = difference - parts.reduce((sum, part) => sum + part.points, 0);
      if (Math.abs(rest) > 1e-9) points.set("rules across parts", rest);
      return { from, to, parts: points, engine: true };
    }
    if (!scores.engine) return null;
    const [from, to] = sides.map(({ country, date }) => data.output(v, date, state.output)?.value[country] ?? NaN);
    if (Number.isNaN(to - from)) return null;
    const split = splitOf(data, scores.engine, sides, v, state.output);
    if (split.why) return split;
    const points = new Map(split.parts.map((part) => [part.node, part.points]));
    const rest = to - from - (split.to - split.from);
    if (Math.abs(rest) > 1e-9) points.set("points added by hand", rest);
    return { from, to, parts: points };
  }

  function waterfall(state, sides, names, told, views) {
    const own = splitFrom(state, sides, told, state.viewpoint);
    if (!own) return null;
    if (own.why) return el("div", {}, el("h3", {}, "Where the gap comes from"), el("p", { class: "note" }, `It can’t be split: ${own.why}.`));
    const others = views.filter((view) => view.v !== state.viewpoint).map((view) => ({ v: view.v, split: splitFrom(state, sides, told, view.v) })).filter(({ split }) => split?.parts);
    const rows = [...new Set([own, ...others.map(({ split }) => split)].flatMap((split) => [...split.parts.keys()]))]
      .map((key) => ({ key, points: own.parts.get(key) ?? 0 })).sort((a, b) => b.points - a.points);
    return steps(state, names, rows, own, others);
  }
  function partText(node, state) {
    if (typeof node === "string") return data.nodeOf.has(node) ? labelText(payload.nodes[data.nodeOf.get(node)], state.language) : node;
    if (node === -1) return "facts that several parts read";
    if (node === -2) return "other facts";
    return node === -3 ? "the date itself" : labelText(payload.nodes[node], state.language);
  }
  function steps(state, names, rows, { from, to, engine }, others) {
    let at = from;
    const places = rows.map((row) => [at, (at += row.points)]);
    const [low, high] = domainOf([[from, to], places.flat()], 1, [-Infinity, Infinity]);
    const percentAt = (x) => `${((100 * (x - low)) / (high - low || 1)).toFixed(2)}%`;
    const digits = page.digitsOf(state), fine = Math.max(1, digits);
    const bar = (kind, a, b) => el("td", { class: "bounds" }, el("span", { class: `bar fall ${kind}`, "aria-hidden": "true" },
      setStyle(el("span", { class: "fall-bar" }), { "--from": percentAt(Math.min(a, b)), "--to": percentAt(Math.max(a, b)) })));
    const number = (text) => el("td", { class: "number" }, text);
    const total = (name, value, end) => el("tr", { class: "total" }, el("th", { scope: "row" }, name), bar("whole", value, value), number(fixed(value, digits)),
      others.map(({ split }) => number(fixed(split[end], digits))));
    const head = (v) => el("th", { scope: "col", class: "number" }, payload.viewpoints[v].name ? page.viewpointName(v, state.language) : "Points");
    const note = engine ? "The engine’s split: facts and rules change sides one by one, in every order; a part has the mean of all that is below it."
      : "Worked out in this page: the facts of each part change sides as a whole, in every order, with the rules that they trigger; a part has the mean of what it moves.";
    return el("div", {}, el("h3", {}, "Where the gap comes from"), el("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": "Where the gap comes from" }, el("table", { class: "plain waterfall" },
      el("caption", {}, `From ${names[0]} to ${names[1]}, points by part; bars ${page.viewpointText(state)}, over ${fixed(low, 0)} to ${fixed(high, 0)}`),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Part"), el("th", { scope: "col" }, el("span", { class: "unseen" }, "Step")), head(state.viewpoint), others.map(({ v }) => head(v)))),
      el("tbody", {}, total(names[0], from, "from"), rows.map((row, i) => el("tr", {}, el("th", { scope: "row" }, partText(row.key, state)), bar(row.points < 0 ? "less" : "more", ...places[i]),
        number(smallPoints(row.points, fine)), others.map(({ split }) => number(split.parts.has(row.key) ? smallPoints(split.parts.get(row.key), fine) : "")))), total(names[1], to, "to")))),
      el("p", { class: "note" }, note));
  }

  function crossover(state, sides, names, views) {
    if (!scores.engine || payload.viewpoints.length < 2) return null;
    const chart = el("div", { class: "chart" }), words = el("p"), owners = el("ul", { class: "note" });
    if (!mixed) mixed = opposed(views);
    const choose = (end, text) => {
      const select = el("select", { id: `mix-${end}`, onchange: () => { mixed[end] = Number(select.value); drawMix(); } },
        payload.viewpoints.map((viewpoint, v) => el("option", { value: String(v), selected: v === mixed[end] }, labelText(viewpoint, state.language))));
      return el("label", { for: `mix-${end}` }, text, select);
    };
    const drawMix = () => {
      const [from, to] = mixed;
      const { rows, crossings } = mixes(scores.engine, data, sides, from, to, state.output);
      const toName = page.viewpointName(to, state.language);
      refill(owners, [...new Set(mixed)].map((v) => payload.viewpoints[v]).filter((viewpoint) => viewpoint.judged).map((viewpoint) => el("li", {},
        `Weights of ${viewpoint.name} by ${viewpoint.judged.by}, ${viewpoint.judged.on}: ${viewpoint.judged.because}. `, placeLink(page, viewpoint.at))));
      words.textContent = crossings.length === 0 ? "Between these two viewpoints the order never turns."
        : crossings.map((c) => `Where ${toName} has more than ${fixed(100 * c.share, 0)}% of the weight, ${names[c.higherBefore]} becomes the lower.`).join(" ");
      const series = [0, 1].map((s) => ({ name: names[s], values: rows.map((row) => row[s + 1]), kind: s ? "second" : "first" }));
      responsive(refill(chart), (width) => lineChart({ width, height: 230, title: `Scores of ${names[0]} and ${names[1]} over mixes of two viewpoints. ${words.textContent}`, xs: rows.map((row) => row[0]),
        xLabels: [[0, `all ${page.viewpointName(from, state.language)}`], [0.5, "half each"], [1, `all ${toName}`]], series, domain: domainOf(series.map((one) => one.values), 3),
        marks: crossings.map((c) => ({ x: c.share, y: c.value, text: `${fixed(100 * c.share, 0)}%` })) }));
    };
    queueMicrotask(drawMix);
    return el("div", {}, el("h3", {}, "Whose weights decide"), el("div", { class: "tools" }, choose(0, "From "), choose(1, "to ")), words, chart, owners);
  }

  // The two viewpoints that differ most: where the order turns, if it does.
  function opposed(views) {
    const rated = views.filter((view) => !Number.isNaN(view.gap)).sort((a, b) => a.gap - b.gap);
    return rated.length < 2 ? [0, Math.min(1, payload.viewpoints.length - 1)] : [rated[0].v, rated[rated.length - 1].v];
  }

  // What each fact makes of the gap, where the engine's split is there: its points in all factors that read it.
  function worthOf(state, told) {
    const players = state.output === data.mainOutput && told?.viewpoints?.find((view) => view.name === payload.viewpoints[state.viewpoint].name)?.attribution?.players;
    if (!players) return null;
    const worth = new Map();
    for (const player of players) if (player.node) worth.set(player.node, (worth.get(player.node) ?? 0) + player.points);
    return (indicator) => {
      const points = worth.get(payload.nodes[payload.indicators[indicator]].name);
      return points === undefined ? "" : smallPoints(points, 1);
    };
  }

  function factsTable(state, sides, names, told) {
    const worth = worthOf(state, told);
    const place = el("div");
    const toggle = el("input", { type: "checkbox", id: "only-different", checked: onlyDifferent, onchange: () => { onlyDifferent = toggle.checked; fill(); } });
    const sideFact = (indicator, s) => data.fact(indicator, sides[s].date, sides[s].country);
    const differ = (a, b) => !Object.is(a.value, b.value) || a.low !== b.low || a.high !== b.high;
    const rows = factsByFactor(data).map((group) => ({ ...group, rows: group.indicators.map((indicator) => ({ indicator, a: sideFact(indicator, 0), b: sideFact(indicator, 1) })) }));
    const fill = () => refill(place, el("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": "Facts side by side" }, el("table", { class: "facts pair-facts" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Fact"), names.map((name) => el("th", { scope: "col" }, name)), worth && el("th", { scope: "col", class: "number" }, page.viewpointName(state.viewpoint, state.language) === "all" ? "Points" : `Points, ${page.viewpointName(state.viewpoint, state.language)}`))),
      rows.map((group) => {
        const kept = group.rows.filter(({ a, b }) => !onlyDifferent || differ(a, b));
        return kept.length > 0 && el("tbody", {}, el("tr", { class: "group" }, el("th", { colspan: worth ? "4" : "3", scope: "rowgroup" }, group.node < 0 ? "Read by rules and other outputs" : labelled(payload.nodes[group.node], state.language))),
          kept.map(({ indicator, a, b }) => el("tr", {}, el("th", { scope: "row" }, labelled(payload.nodes[payload.indicators[indicator]], state.language)), cell(indicator, a), cell(indicator, b), worth && el("td", { class: "number" }, worth(indicator)))));
      }))));
    const cell = (indicator, fact) => {
      const node = payload.nodes[payload.indicators[indicator]], range = rangeInWords(node, fact.low, fact.high);
      const details = [!Number.isNaN(fact.value) && range, fact.grade !== "unknown" && (fact.figure?.by ? `${fact.grade} by ${fact.figure.by}` : fact.grade), fact.figure?.valid].filter(Boolean).join(", ");
      return el("td", {}, valueCell(node, fact), details && el("span", { class: "anchor" }, details), el("span", { class: "anchor" }, sourceOf(page, fact)));
    };
    fill();
    return el("details", { class: "all-facts" }, el("summary", {}, el("h3", {}, "Facts side by side")), el("div", { class: "tools" }, el("label", { for: "only-different" }, toggle, " Only what differs"),
      saveButton(`facts side by side`, () => [["fact", ...names], rows.flatMap((group) => group.rows.map(({ indicator, a, b }) => [payload.nodes[payload.indicators[indicator]].name, a.value, b.value]))])), place);
  }
  return { update };
}
