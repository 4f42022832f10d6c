// Facts of a country: value, range, date, grade, source and place, grouped by the factors that read
// them.
import { el, jump } from "./dom.js";
import { anchorOf, capitalised, rangeInWords, valueInShort } from "./format.js";
import { labelled } from "./labels.js";

// [{node, indicators}] in the order of the factors; each indicator once, under the first factor
// that reads it; what none reads under node -1.
export function factsByFactor(data) {
  const { payload } = data;
  const seen = new Set();
  const groups = payload.factors.map((node) => ({
    node,
    indicators: leavesOf(data, node).filter((i) => !seen.has(i) && seen.add(i)),
  }));
  const rest = payload.indicators.map((_, i) => i).filter((i) => !seen.has(i));
  return [...groups, { node: -1, indicators: rest }].filter((group) => group.indicators.length > 0);
}

// Indicators below a node: its members, theirs, and what formulas name.
export function leavesOf(data, start) {
  const { payload } = data;
  const found = [],
    visited = new Set();
  const visit = (index) => {
    if (visited.has(index)) return;
    visited.add(index);
    const node = payload.nodes[index];
    if (data.indicatorOf.has(index)) found.push(data.indicatorOf.get(index));
    for (const member of node.members ?? []) visit(member.node);
    for (const name of node.formula?.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? [])
      if (data.nodeOf.has(name)) visit(data.nodeOf.get(name));
  };
  visit(start);
  return found;
}

// One cell's text with the words of its level below.
export function valueCell(node, fact) {
  const anchor = anchorOf(node, fact.value);
  return [
    el(
      "span",
      { class: Number.isNaN(fact.value) ? "unknown" : null },
      valueInShort(node, fact.value),
    ),
    anchor && el("span", { class: "anchor" }, anchor),
  ];
}

// `scoreOf(indicator)`: what a factor counts of it, as text, or "".
export function factsTable(page, state, country, scoreOf) {
  const { data } = page;
  const { payload } = data;
  const bodies = factsByFactor(data).map(({ node, indicators }) =>
    el(
      "tbody",
      {},
      el(
        "tr",
        { class: "group" },
        el(
          "th",
          { colspan: "7", scope: "rowgroup" },
          node < 0
            ? "Read by rules and other outputs"
            : labelled(payload.nodes[node], state.language),
        ),
      ),
      indicators.map((indicator) => factRow(page, state, country, indicator, scoreOf)),
    ),
  );
  return el(
    "div",
    { class: "scrolls", tabindex: "0", role: "group", "aria-label": "Facts" },
    el(
      "table",
      { class: "facts" },
      el("caption", { class: "unseen" }, `Facts of ${payload.countries[country].name}`),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          ["Fact", "Value", "Range", "Score", "As of", "Grade", "Source and place"].map((head) =>
            el("th", { scope: "col" }, head),
          ),
        ),
      ),
      bodies,
    ),
  );
}

function factRow(page, state, country, indicator, scoreOf) {
  const { data } = page;
  const index = data.payload.indicators[indicator],
    node = data.payload.nodes[index];
  const fact = data.fact(indicator, state.date, country);
  const changed = page.scores.change.facts.get(`${country} ${indicator}`);
  return el(
    "tr",
    { id: `fact-${index}`, class: changed ? "changed" : null },
    el("th", { scope: "row" }, labelled(node, state.language)),
    el(
      "td",
      {},
      valueCell(node, fact),
      changed &&
        el("span", { class: "anchor" }, `in your change: ${valueInShort(node, changed.value)}`),
    ),
    el(
      "td",
      {},
      Number.isNaN(fact.value)
        ? el("span", { class: "anchor" }, rangeInWords(node, fact.low, fact.high))
        : rangeInWords(node, fact.low, fact.high),
    ),
    el("td", { class: "number" }, scoreOf(indicator)),
    el(
      "td",
      { class: "date" },
      fact.figure?.valid ? fact.figure.valid : "",
      fact.figure?.known &&
        fact.figure.known !== fact.figure.valid &&
        el("span", { class: "anchor" }, `counts from ${fact.figure.known}`),
      fact.figure?.stale && el("span", { class: "anchor" }, "past its time"),
    ),
    el(
      "td",
      {},
      fact.grade === "unknown" ? "" : fact.grade,
      fact.figure?.by && el("span", { class: "anchor" }, fact.figure.by),
    ),
    el("td", { class: "source" }, sourceOf(page, fact)),
  );
}

export function sourceOf(page, fact) {
  const { data } = page;
  const { figure } = fact;
  if (!figure) return null;
  const source =
    figure.source === null || figure.source === undefined || figure.source < 0
      ? null
      : data.payload.sources[figure.source];
  const words = [figure.because, figure.note, figure.choice]
    .filter(Boolean)
    .map((text) => capitalised(text));
  const file =
    figure.file === null || figure.file === undefined || figure.file < 0
      ? null
      : data.payload.files[figure.file];
  return [
    source &&
      el(
        "span",
        {},
        source.title || source.name,
        source.publisher && !(source.title ?? "").includes(source.publisher)
          ? `, ${source.publisher}`
          : "",
      ),
    words.map((text) => el("span", { class: "anchor" }, text)),
    figure.others &&
      el("span", { class: "anchor" }, "Another source says something else of the same date."),
    file && fact.line > 0 && placeLink(page, [figure.file, fact.line]),
  ];
}

// "path:line", opened where the file's text is in the page.
export function placeLink(page, at) {
  if (!at) return null;
  const file = page.data.payload.files[at[0]];
  if (!file) return null;
  const text = `${file.path}:${at[1]}`;
  return file.text
    ? jump("link place", text, () => page.open("line", at))
    : el("span", { class: "place" }, text);
}
