// One country: score, factors, series, reasons, what would turn it, what to watch, and every fact.
import { makeBar } from "./bars.js";
import { blocksOf } from "./blocks.js";
import { saveButton } from "./csv.js";
import { el, refill, setStyle } from "./dom.js";
import { fixed, interval, percent, points, printedMove, smallPoints, spoken, weightText } from "./format.js";
import { factsTable, placeLink } from "./facts.js";
import { labelled, labelText, questionOf } from "./labels.js";
import { domainOf, lineChart, responsive } from "./lines.js";
import { makeChange } from "./change.js";

export function makeCountry(page, place) {
  const { data, scores } = page;
  const { payload } = data;
  const choice = page.countryChoice("country-choice", (country) => page.go({ country }));
  const content = el("div");
  place.append(el("div", { class: "tools" }, el("label", { for: "country-choice" }, "Country ", choice.element), neighbours()), content);

  function neighbours() {
    const step = (by, text) => el("button", { type: "button", class: "quiet", onclick: () => {
      const columns = scores.current(page.state);
      const order = [...columns.rank.keys()].filter((i) => !Number.isNaN(columns.rank[i])).sort((a, b) => columns.rank[a] - columns.rank[b]);
      const at = order.indexOf(page.state.country);
      page.go({ country: order[(at + by + order.length) % order.length] });
    } }, text);
    return el("span", { class: "steps" }, step(-1, "Higher"), step(1, "Lower"));
  }

  let shown = "";
  function update(state) {
    const { country } = state;
    choice.set(country);
    const key = [country, state.date, state.viewpoint, state.output, state.language, scores.changed() ? page.version : 0].join(" ");
    if (key === shown) return;
    shown = key;
    if (country < 0) {
      refill(content, el("p", { class: "note" }, "Choose a country here, on the map or in the ranking."));
      return;
    }
    const columns = scores.file(state);
    if (!columns) {
      refill(content, el("p", {}, "The scenario of this date leaves this viewpoint out."));
      return;
    }
    refill(content, head(state, columns), el("div", { class: "columns" }, factors(state), series(state)), why(state), turning(state), tripwires(state), facts(state));
  }

  function head(state, columns) {
    const { country } = state, digits = page.digitsOf(state), node = payload.nodes[payload.outputs[state.output]];
    const value = columns.value[country], rated = !Number.isNaN(value);
    const bar = makeBar([node.low ?? 0, node.high ?? 100], "large");
    bar.set(value, columns.low[country], columns.high[country], columns.band[country]);
    const now = scores.changed() ? scores.current(state) : null;
    const item = (term, ...text) => [el("dt", {}, term), el("dd", {}, text)];
    const of = columns.value.filter((v) => !Number.isNaN(v)).length;
    const band = rated && node.bands ? node.bands.names[columns.band[country]] : "";
    return el("div", { class: "head" }, el("h3", { class: "country-name" }, payload.countries[country].name),
      el("p", { class: "headline" }, el("span", { class: "big" }, points(value, digits), el("sup", {}, columns.marks[country])),
        el("span", {}, labelled(node, state.language), band && [", ", el("span", { class: "swatch", "data-band": columns.band[country] }), el("strong", {}, band)],
          el("br"), el("span", { class: "note" }, `${page.viewpointText(state)}, ${page.dateText(state)}; ${scaleWords(node)}`))),
      rated && [bar.bar, bandScale(node)],
      now && el("p", { class: "live" }, `With your change: ${points(now.value[country], digits)} (${printedMove(value, now.value[country], digits)}). What follows is that of the files.`),
      !rated && el("p", {}, whyNotRated(state)),
      el("div", { class: "columns" }, el("div", {}, rated && el("dl", { class: "figures" },
        item("Bounds", interval(columns.low[country], columns.high[country], digits), el("span", { class: "note" }, " over all that is unknown or uncertain")),
        item("Rank", `${columns.rank[country]} of ${of}`, columns.rankTo[country] > columns.rankFrom[country] && el("span", { class: "note" }, ` (${columns.rankFrom[country]} to ${columns.rankTo[country]} within the bounds)`)),
        columns.levelTo[country] > columns.levelFrom[country] && item("Level with", `ranks ${columns.levelFrom[country]} to ${columns.levelTo[country]}`),
        item("Known", percent(columns.coverage[country]), el("span", { class: "note" }, " of the weight")),
        item("Judged", percent(columns.judgement[country]), el("span", { class: "note" }, " of the weight, not measured"))), overrides(state), branches(state)), viewpoints(state)));
  }

  function whyNotRated(state) {
    const found = data.results(state.viewpoint, state.date)?.not_rated?.find(([of]) => of === state.country);
    return found ? `Not rated: ${found[1]}.` : "Not scored by the scenario of this date.";
  }
  function overrides(state) {
    return payload.dates[state.date].overrides?.filter((o) => o.country === state.country && o.applied).map((o) => el("p", { class: "live" },
      `${smallPoints(o.points, 1)} points were added by hand to ${spoken(payload.nodes[o.node].name)} by ${o.by} until ${o.until}: ${o.because}. `, placeLink(page, o.at)));
  }

  // What the score would be on each branch of what was open on the date, and the mean by their chances.
  function branches(state) {
    const { branches: all = [], expected = [] } = payload.dates[state.date], digits = page.digitsOf(state);
    const value = (branch) => branch.values?.[state.viewpoint]?.[state.output]?.[state.country];
    const groups = [...new Set(all.map((branch) => branch.group))];
    return groups.map((group) => {
      const told = all.filter((branch) => branch.group === group).map((branch) => `${branch.name} (${percent(branch.probability)}): ${points(value(branch) ?? NaN, digits)}`);
      const mean = expected.find((one) => one.group === group);
      return el("p", {}, el("strong", {}, `${group}: `), told.join("; "), mean && `; expected ${points(value(mean) ?? NaN, digits)}`, ".");
    });
  }

  function viewpoints(state) {
    if (payload.viewpoints.length < 2) return null;
    const digits = page.digitsOf(state);
    return el("div", {}, el("table", { class: "plain viewpoints" }, el("caption", {}, "From each viewpoint"),
      el("tbody", {}, payload.viewpoints.map((viewpoint, v) => {
        const columns = data.output(v, state.date, state.output);
        if (!columns) return null;
        const bar = makeBar(), c = state.country;
        bar.set(columns.value[c], columns.low[c], columns.high[c], columns.band[c]);
        return el("tr", { class: v === state.viewpoint ? "current" : null }, el("th", { scope: "row" }, labelled(viewpoint, state.language)),
          el("td", { class: "number" }, points(columns.value[c], digits)), el("td", { class: "bounds" }, bar.bar, el("span", { class: "ends" }, interval(columns.low[c], columns.high[c], digits))));
      }))));
  }

  function factors(state) {
    const main = payload.nodes[payload.outputs[state.output]], v = state.viewpoint;
    const drivers = new Map(state.output === data.mainOutput ? data.results(v, state.date)?.drivers?.[state.country] ?? [] : []);
    const rows = (main.members ?? []).map((member) => ({ node: member.node, k: payload.factors.indexOf(member.node), columns: turned(partColumns(state, member.node), member.flip),
      weight: member.weights?.[v] ?? member.weights?.[0] ?? NaN, points: drivers.get(member.node) ?? NaN })).filter((row) => row.columns);
    if (rows.length === 0) return main.formula ? el("div", {}, el("h3", {}, "Made of"), el("p", {}, el("code", {}, main.formula))) : null;
    rows.sort((a, b) => (b.points || 0) - (a.points || 0) || b.weight - a.weight);
    const digits = payload.dates[state.date].digits, anyPoints = rows.some((row) => !Number.isNaN(row.points));
    return el("div", {}, el("h3", {}, "Made of"), el("table", { class: "plain factors" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Part"), el("th", { scope: "col", class: "number" }, "Weight"), el("th", { scope: "col", class: "number" }, "Score"),
        el("th", { scope: "col" }, "Bounds"), anyPoints && el("th", { scope: "col", class: "number" }, "Costs"))),
      el("tbody", {}, rows.map(({ node, k, columns, weight, points: worth }) => {
        const c = state.country, bar = makeBar(), at = k < 0 ? -1 : payload.outputs.length + k;
        bar.set(columns.value[c], columns.low?.[c] ?? columns.value[c], columns.high?.[c] ?? columns.value[c]);
        return el("tr", {}, el("th", { scope: "row" }, labelled(payload.nodes[node], state.language), el("span", { class: "anchor" }, questionOf(payload.nodes[node], state.language))), el("td", { class: "number" }, Number.isNaN(weight) ? "" : weightText(weight)),
          el("td", { class: "number" }, points(columns.value[c], digits[at] ?? 0)),
          el("td", { class: "bounds" }, bar.bar, columns.low && el("span", { class: "ends" }, interval(columns.low[c], columns.high[c], digits[at] ?? 0))),
          anyPoints && el("td", { class: "number" }, Number.isNaN(worth) ? "" : fixed(worth, Math.max(1, page.digitsOf(state)))));
      }))), el("p", { class: "note" }, weighedBy(main, v)), anyPoints && el("p", { class: "note" }, "Costs: points by which the score would be better with this part at its best, its own rules included."));
  }

  // Who answers for the weights.
  function weighedBy(output, v) {
    const of = output.weighed_by_viewpoint && payload.viewpoints[v].name ? payload.viewpoints[v] : output;
    return of.judged && [`Weights by ${of.judged.by}, ${of.judged.on}: ${of.judged.because}. `, placeLink(page, of.at)];
  }

  // As the output counts them: where more of a part is better for it, turned round.
  function turned(columns, flip) {
    if (!columns || !flip) return columns;
    const round = (list) => list && list.map((x) => 100 - x);
    return { value: round(columns.value), low: round(columns.high), high: round(columns.low) };
  }

  // Scores of a part: of a factor as the files have them, of others as the model in the page works them out.
  function partColumns(state, node) {
    const k = payload.factors.indexOf(node), told = k < 0 ? null : data.factor(state.viewpoint, state.date, k);
    if (told || !scores.engine) return told;
    const part = scores.engine.score(state.date, state.viewpoint, makeChange(), { coverage: false }).nodes[scores.engine.nodeOf[node]];
    if (!part) return null;
    const whole = payload.dates[state.date].whole !== false;
    return { value: (part.score ?? part.value).slice(), low: whole ? (part.scoreLow ?? part.low).slice() : null, high: whole ? (part.scoreHigh ?? part.high).slice() : null };
  }

  function series(state) {
    if (payload.dates.length < 2) return null;
    const columns = payload.dates.map((_, d) => data.output(state.viewpoint, d, state.output)), c = state.country;
    const of = (name) => columns.map((column) => column?.[name][c] ?? NaN);
    const one = { name: payload.countries[c].name, values: of("value"), low: of("low"), high: of("high"), kind: "first", at: state.date };
    const node = payload.nodes[payload.outputs[state.output]];
    const xs = positions(payload.dates), domain = domainOf([one.values, one.low, one.high]);
    const chart = el("div", { class: "chart" });
    const text = payload.dates.map((d, i) => `${d.label}: ${points(one.values[i], page.digitsOf({ ...state, date: i }))}`).join(", ");
    queueMicrotask(() => responsive(chart, (width) => lineChart({ width, title: `${one.name} over the dates. ${text}`, xs, xLabels: payload.dates.map((d, i) => [xs[i], d.label]),
      series: [one], domain, edges: edgesOf(node), endNames: false })));
    return el("div", {}, el("h3", {}, "Over the dates"), chart, moved(state));
  }

  function moved(state) {
    const moves = (payload.moves ?? []).filter((m) => m.country === state.country && m.viewpoint === state.viewpoint);
    if (moves.length === 0 || state.output !== data.mainOutput) return null;
    const digits = page.digitsOf(state);
    return el("div", {}, el("h4", {}, "What moved it"), el("dl", { class: "moves" }, moves.map((move) => {
      const largest = (move.movers ?? []).slice(0, 4);
      const total = printedMove(move.from, move.to, digits);
      return [el("dt", {}, `${payload.dates[move.from_date].label} to ${payload.dates[move.to_date].label} `, el("strong", {}, total)),
        el("dd", {}, move.unsplit_because ? move.unsplit_because : largest.map((mover, i) => [i > 0 && "; ", `${spoken(moverName(mover, state))} ${smallPoints(mover.points, Math.max(1, digits))}`]),
          move.mostly_data && el("span", { class: "note" }, " Mostly data that began or ended."))];
    })));
  }
  function moverName(mover, state) {
    if (mover.kind === "model") return mover.title ?? mover.kind;
    const node = mover.node && data.nodeOf.get(mover.node);
    if (node !== undefined && node !== null && node !== "") return labelText(payload.nodes[node], state.language);
    const rule = mover.rule && payload.rules?.find((r) => r.name === mover.rule);
    return rule ? labelText(rule, state.language) : mover.title ?? mover.kind;
  }

  function why(state) {
    const text = page.textOf(state);
    if (!text) return null;
    const other = text.date !== state.date || text.viewpoint !== state.viewpoint;
    return el("details", { class: "why" }, el("summary", {}, el("h3", {}, "Why: the engine’s own sentences")),
      other && el("p", { class: "live" }, `These are of ${payload.dates[text.date].label}, ${page.viewpointText({ ...state, viewpoint: text.viewpoint })}.`),
      el("div", { class: "explain" }, blocksOf(text.blocks, page.open, 4)));
  }

  function turning(state) {
    const results = data.results(state.viewpoint, state.date), c = state.country, digits = page.digitsOf(state);
    const value = data.output(state.viewpoint, state.date, data.mainOutput)?.value[c] ?? NaN;
    const of = (list) => (list ?? []).filter(([country]) => country === c);
    const rules = payload.rules ?? [];
    const move = (to) => `${fixed(to, digits)} (${printedMove(value, to, digits)})`;
    const acting = of(results?.acting), would = of(results?.would).filter(([, , to]) => typeof to === "number").sort((a, b) => Math.abs(b[2] - value) - Math.abs(a[2] - value)),
      best = (results?.drivers?.[c] ?? []).filter(([node]) => node >= 0), open = of(results?.open);
    if (acting.length + would.length + best.length + open.length === 0) return null;
    const ruleText = (r) => [labelled(rules[r], state.language), " ", placeLink(page, rules[r].at)];
    const list = (title, items) => items.length > 0 && el("div", {}, el("h4", {}, title), el("ul", {}, items.map((item) => el("li", {}, item))));
    return el("div", {}, el("h3", {}, state.output === data.mainOutput ? "What would turn it" : `What would turn ${spoken(payload.nodes[payload.model.main].name)}`), el("div", { class: "columns" },
      list("With a part at its best", best.map(([node, worth]) => [labelled(payload.nodes[node], state.language), `: ${move(value - worth)}`])),
      list("Rules that would move it if they held", would.slice(0, 8).map(([, r, to]) => [`${move(to)}: `, ruleText(r), el("span", { class: "anchor" }, `when ${rules[r].when}`)])),
      list("Rules that hold", acting.map(([, r, by, binds]) => [binds === false ? "changes nothing now: " : typeof by === "number" && by !== 0 ? `${smallPoints(by, digits)}: ` : "", ruleText(r), el("span", { class: "anchor" }, rules[r].because)])),
      list("Rules that can’t be decided", open.map(([, r]) => [ruleText(r), el("span", { class: "anchor" }, `when ${rules[r].when}`)]))));
  }

  function tripwires(state) {
    const fired = new Set((data.results(state.viewpoint, state.date)?.fired ?? []).filter(([c]) => c === state.country).map(([, t]) => t));
    if (!payload.tripwires?.length) return null;
    const order = payload.tripwires.map((wire, i) => ({ ...wire, i })).sort((a, b) => fired.has(b.i) - fired.has(a.i));
    return el("details", { open: fired.size > 0 }, el("summary", {}, el("h3", {}, `Tripwires: ${fired.size} of ${order.length} fired`)),
      el("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": "Tripwires" }, el("table", { class: "plain" },
        el("thead", {}, el("tr", {}, ["", "Tripwire", "When", "Owner", "Review"].map((head) => head ? el("th", { scope: "col" }, head) : el("th", { scope: "col" }, el("span", { class: "unseen" }, "State"))))),
        el("tbody", {}, order.map((wire) => el("tr", { class: fired.has(wire.i) ? "fired" : null }, el("td", {}, fired.has(wire.i) ? "Fired" : "Quiet"),
          el("th", { scope: "row" }, labelled(wire, state.language), el("span", { class: "anchor" }, wire.because)),
          el("td", {}, el("code", {}, wire.when), " ", placeLink(page, wire.at)), el("td", {}, wire.owner), el("td", { class: "date" }, wire.review ?? "")))))));
  }

  function facts(state) {
    const engine = scores.engine;
    let scoreOf = () => "";
    if (engine) {
      const result = engine.score(state.date, state.viewpoint, makeChange(), { bounds: false, coverage: false });
      const texts = payload.indicators.map((node) => {
        const score = result.nodes[engine.nodeOf[node]]?.score?.[state.country];
        return score === undefined || Number.isNaN(score) ? "" : fixed(score, 0);
      });
      scoreOf = (indicator) => texts[indicator];
    }
    const known = payload.indicators.filter((_, i) => !Number.isNaN(data.facts(i, state.date).value[state.country])).length;
    return el("details", { class: "all-facts" }, el("summary", {}, el("h3", {}, `Every fact: ${known} of ${payload.indicators.length} known`)),
      saveButton(`facts of ${payload.countries[state.country].code} ${payload.dates[state.date].label}`, () => factsCsv(state)), factsTable(page, state, state.country, scoreOf));
  }
  function factsCsv(state) {
    return [["country", "as_of", "fact", "value", "low", "high", "grade", "valid", "source", "by", "because", "file", "line"], payload.indicators.map((node, i) => {
      const fact = data.fact(i, state.date, state.country), figure = fact.figure ?? {};
      return [payload.countries[state.country].code, payload.dates[state.date].as_of, payload.nodes[node].name, fact.value, fact.low, fact.high, fact.grade, figure.valid ?? "",
        payload.sources[figure.source]?.name ?? "", figure.by ?? "", figure.because ?? "", payload.files[figure.file]?.path ?? "", fact.line || ""];
    })];
  }
  return { update };
}

// The bands below a bar over the whole scale, with their names.
function bandScale(node) {
  if (!node.bands) return null;
  const from = node.low ?? 0, to = node.high ?? 100, ends = [from, ...node.bands.edges, to];
  return el("div", { class: "band-scale", "aria-hidden": "true" }, node.bands.names.map((name, i) => setStyle(
    el("span", { class: "band-step", "data-band": i }, el("span", {}, name)), { "--share": String((ends[i + 1] - ends[i]) / (to - from)) })));
}

const scaleWords = (node) => (node.higher_is_better === false ? `${node.high ?? 100} is worst` : `${node.high ?? 100} is best`);
// Edges of bands as [value, name of the band above].
export const edgesOf = (node) => (node.bands ? node.bands.edges.map((edge, i) => [edge, node.bands.names[i + 1]]) : []);

// Places of dates between the first and the last, 0 to 1.
export function positions(dates) {
  const days = dates.map((d) => Date.parse(d.as_of));
  const from = days[0], span = days[days.length - 1] - from;
  return days.map((day, i) => (span > 0 ? (day - from) / span : i / Math.max(1, days.length - 1)));
}
