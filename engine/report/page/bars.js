// Bars of scores with their bounds: a track over the scale, the bounds as a band on it, the value
// as a mark.
import { el, setStyle } from "./dom.js";

const place = (x, [low, high]) =>
  `${(100 * Math.min(Math.max((x - low) / (high - low || 1), 0), 1)).toFixed(2)}%`;

export function makeBar(own = [0, 100], kind = "") {
  const range = el("span", { class: "bar-range" }),
    mark = el("span", { class: "bar-mark" }),
    was = el("span", { class: "bar-was" });
  const bar = el("span", { class: `bar ${kind}`, "aria-hidden": "true" }, range, was, mark);
  let last = "";
  // `band`: index of the colour, or -1. `before`: where it stood in the file, where a change moves
  // it.
  function set(value, low, high, band = -1, before = NaN, [from, to] = own) {
    const scale = [from, to],
      key = `${value} ${low} ${high} ${band} ${before} ${from} ${to}`;
    if (key === last) return;
    last = key;
    mark.hidden = Number.isNaN(value);
    range.hidden = Number.isNaN(low) || Number.isNaN(high);
    was.hidden = Number.isNaN(before) || before === value;
    if (!mark.hidden) setStyle(mark, { "--at": place(value, scale) });
    if (!was.hidden) setStyle(was, { "--at": place(before, scale) });
    if (!range.hidden) setStyle(range, { "--from": place(low, scale), "--to": place(high, scale) });
    bar.dataset.band = band;
  }
  return { bar, set };
}

// A bar from zero to either side, for parts of a gap: `share` of the largest, -1 to 1.
export function makeSignedBar(share) {
  const fill = setStyle(el("span", { class: `signed-fill ${share < 0 ? "less" : "more"}` }), {
    "--from": `${(50 + 50 * Math.min(share, 0)).toFixed(2)}%`,
    "--to": `${(50 + 50 * Math.max(share, 0)).toFixed(2)}%`,
  });
  return el("span", { class: "bar signed", "aria-hidden": "true" }, fill);
}
