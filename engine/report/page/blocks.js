// Blocks of `report::Document` (docs/schema/report.md, "Texts") as elements.
import { el, jump, setStyle } from "./dom.js";

// `open(kind, target)` follows a link: a line of a file, a node, a rule, a country. `plain(text)`
// puts names and asides into a reader's words.
export function blocksOf(blocks, open, headings = 4, plain = (text) => text) {
  return (blocks ?? [])
    .map((block) => blockOf(inWords(block, plain), open, headings))
    .filter(Boolean);
}

// Every text of a block, links' targets and kinds aside.
function inWords([kind, ...rest], plain) {
  const words = (spans) =>
    typeof spans === "string"
      ? plain(spans)
      : (spans ?? []).map((span) =>
          typeof span === "string" ? plain(span) : [plain(span[0]), ...span.slice(1)],
        );
  if (kind === "table") {
    const [header, rows] = rest;
    return [
      kind,
      header.map(([head, ...side]) => [words(head), ...side]),
      rows.map((row) => row.map(words)),
    ];
  }
  if (rest.length === 0) return [kind];
  return kind === "section" && rest[1]
    ? [kind, words(rest[0]), words(rest[1])]
    : [kind, words(rest[0]), ...rest.slice(1)];
}

function blockOf([kind, ...rest], open, headings) {
  switch (kind) {
    case "title":
      return el(`h${headings}`, { class: "block-title" }, spansOf(rest[0], open));
    case "section":
      return el(
        `h${Math.min(6, headings + 1)}`,
        { class: "block-section" },
        spansOf(rest[0], open),
        rest[1] && el("span", { class: "note" }, " ", spansOf(rest[1], open)),
      );
    case "stamp":
      return el("p", { class: "stamp" }, spansOf(rest[0], open));
    case "p":
      return paragraph(rest, open);
    case "table":
      return table(rest, open);
    default:
      return null; // a gap: space between blocks is the style sheet's
  }
}

// The label of an item may stand in its text: "- text", "1. text".
function paragraph([spans, indent = 0, hanging = indent, label = "", strong = false], open) {
  const item = hanging > indent;
  const [bullet, rest] = item && !label ? bulletOf(spans) : [label, spans];
  const words = spansOf(rest, open);
  if (!item)
    return indented(
      el("p", { class: strong ? "strong" : null }, label && el("strong", {}, label, " "), words),
      indent,
    );
  return indented(
    el(
      "p",
      { class: strong ? "item strong" : "item" },
      el("span", { class: "item-label" }, bullet.trim() || "–"),
      el("span", { class: "item-text" }, words),
    ),
    indent,
  );
}
function bulletOf(spans) {
  const first = typeof spans === "string" ? spans : typeof spans?.[0] === "string" ? spans[0] : "";
  const found = /^(-|\d+\.) +/.exec(first);
  if (!found) return ["", spans];
  const rest = first.slice(found[0].length),
    bullet = found[1] === "-" ? "–" : found[1];
  return [bullet, typeof spans === "string" ? rest : [rest, ...spans.slice(1)]];
}

const indented = (element, indent) =>
  indent > 0 ? setStyle(element, { "--indent": String(Math.min(indent, 16)) }) : element;

function table([header, rows], open) {
  const side = ([, align]) => (align === "right" ? "number" : null);
  return el(
    "div",
    { class: "scrolls", tabindex: "0", role: "group", "aria-label": "Table" },
    el(
      "table",
      { class: "plain" },
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          header.map((head) =>
            plainText(head[0]).trim()
              ? el("th", { scope: "col", class: side(head) }, spansOf(head[0], open))
              : el("td"),
          ),
        ),
      ),
      el(
        "tbody",
        {},
        rows.map((row) =>
          el(
            "tr",
            {},
            row.map((cell, i) =>
              el(
                i === 0 ? "th" : "td",
                { scope: i === 0 ? "row" : null, class: side(header[i] ?? []) },
                spansOf(cell, open),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

// A string, or strings and links [text, kind, target].
export function spansOf(spans, open) {
  if (typeof spans === "string") return spans;
  return (spans ?? []).map((span) => (typeof span === "string" ? span : link(span, open)));
}

function link([text, kind, target], open) {
  return jump(`link to-${kind}`, text, () => open(kind, target));
}

// The text alone, for where no links fit.
export function plainText(spans) {
  return typeof spans === "string"
    ? spans
    : (spans ?? []).map((span) => (typeof span === "string" ? span : span[0])).join("");
}
