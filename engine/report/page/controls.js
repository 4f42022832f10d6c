// Controls for one fact: levels with their anchors, yes and no, codes, dates and numbers; unknown
// is always a choice.
import { el, freshId } from "./dom.js";
import { amount, dayText, rangeInWords, valueInShort } from "./format.js";

// `file`: {value, low, high}; `now`: the value in force, NaN unknown; `set(value)`: undefined takes
// the change back; `span`: [low, high] of the slider of a number; `grid`: which numbers it may be,
// {step, from}, a step of 0 any.
export function factControl(node, file, now, set, span, grid = { step: 0, from: 0 }) {
  if (node.unit === "date") return dateControl(node, file, now, set);
  const choices = choicesOf(node);
  return choices
    ? choiceControl(node, choices, file, now, set)
    : numberControl(node, file, now, set, span, grid);
}

function choicesOf(node) {
  if (node.unit === "yes/no")
    return [
      { value: 1, text: "yes" },
      { value: 0, text: "no" },
    ];
  if (node.unit === "code")
    return node.levels.map((level) => ({
      value: level.value,
      text: level.anchor ? `${level.code}: ${level.anchor}` : level.code,
    }));
  if (node.levels?.length)
    return node.levels.map((level) => ({
      value: level.value,
      text: `${amount(level.value)}: ${level.anchor}`,
    }));
  return null;
}

function choiceControl(node, choices, file, now, set) {
  const name = freshId("choice");
  const list = [...choices];
  // A figure between two levels is no choice of its own unless it is the file's.
  if (!Number.isNaN(file.value) && !list.some((choice) => choice.value === file.value))
    list.push({ value: file.value, text: `${valueInShort(node, file.value)}, as in the file` });
  list.push({
    value: NaN,
    text: `unknown (${rangeInWords(node, node.low ?? NaN, node.high ?? NaN) || "anything declared"})`,
  });
  const same = (a, b) => Object.is(a, b) || a === b;
  return el(
    "div",
    { class: "choices", role: "radiogroup", "aria-label": node.label || node.name },
    list.map((choice) => {
      const input = el("input", {
        type: "radio",
        name,
        checked: same(choice.value, now),
        onchange: () => set(same(choice.value, file.value) ? undefined : choice.value),
      });
      return el(
        "label",
        { class: "choice" },
        input,
        el(
          "span",
          {},
          choice.text,
          same(choice.value, file.value) && el("span", { class: "note" }, " (file)"),
        ),
      );
    }),
  );
}

function numberControl(node, file, now, set, [low, high], grid) {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(high - low || 1)));
  const step = grid.step > 0 ? grid.step : 10 ** -Math.min(digits, 6);
  // The nearest number that the fact may be: a count has no fractions.
  const near = (value) =>
    grid.step > 0
      ? grid.from + Math.round((value - grid.from) / grid.step) * grid.step
      : Number(value.toFixed(Math.min(digits, 6)));
  const label = node.label || node.name;
  if (grid.step > 0) [low, high] = [near(low), near(high)];
  const slider = el("input", { type: "range", min: low, max: high, step, "aria-label": label });
  const field = el("input", {
    type: "number",
    step: "any",
    min: node.low ?? null,
    max: node.high ?? null,
    "aria-label": `${label}, as a number`,
  });
  const unknown = el("input", { type: "checkbox" });
  const show = (value) => {
    unknown.checked = Number.isNaN(value);
    slider.disabled = field.disabled = unknown.checked;
    const shown = Number.isNaN(value)
      ? Number.isNaN(file.value)
        ? (low + high) / 2
        : file.value
      : value;
    slider.value = String(shown);
    field.value = Number.isNaN(value) ? "" : String(value);
    slider.setAttribute("aria-valuetext", valueInShort(node, value));
  };
  const give = (value) =>
    set(Object.is(value, file.value) || value === file.value ? undefined : value);
  slider.addEventListener("input", () => {
    const value = near(Number(slider.value));
    field.value = String(value);
    slider.setAttribute("aria-valuetext", valueInShort(node, value));
    give(value);
  });
  field.addEventListener("change", () => {
    const value =
      field.value !== "" && grid.step > 0 ? near(Number(field.value)) : Number(field.value);
    const inside =
      field.value !== "" &&
      Number.isFinite(value) &&
      value >= (node.low ?? -Infinity) &&
      value <= (node.high ?? Infinity);
    field.setCustomValidity(
      inside ? "" : `Between ${amount(node.low ?? -Infinity)} and ${amount(node.high ?? Infinity)}`,
    );
    if (!field.reportValidity()) return;
    slider.value = String(value);
    give(value);
  });
  unknown.addEventListener("change", () => {
    const value = unknown.checked
      ? NaN
      : Number.isNaN(file.value)
        ? Number(slider.value)
        : file.value;
    show(value);
    give(value);
  });
  show(now);
  return el(
    "div",
    { class: "number-control" },
    slider,
    el("span", {}, field, " ", el("span", { class: "note" }, unitWord(node))),
    el("label", {}, unknown, " unknown"),
  );
}

function dateControl(node, file, now, set) {
  const label = node.label || node.name;
  const field = el("input", {
    type: "date",
    "aria-label": label,
    value: Number.isFinite(now) ? dayText(now) : null,
  });
  const kinds = el(
    "select",
    { "aria-label": `${label}: day, never or unknown` },
    ["day", "never", "unknown"].map((kind) =>
      el(
        "option",
        {
          value: kind,
          selected: kind === (Number.isNaN(now) ? "unknown" : now === -Infinity ? "never" : "day"),
        },
        kind,
      ),
    ),
  );
  const give = () => {
    field.disabled = kinds.value !== "day";
    const value =
      kinds.value === "unknown"
        ? NaN
        : kinds.value === "never"
          ? -Infinity
          : Date.parse(field.value) / 86400000;
    if (kinds.value === "day" && Number.isNaN(value)) return;
    set(Object.is(value, file.value) ? undefined : value);
  };
  field.addEventListener("change", give);
  kinds.addEventListener("change", give);
  field.disabled = kinds.value !== "day";
  return el("div", { class: "number-control" }, kinds, field);
}

const unitWord = (node) =>
  node.unit === "percent"
    ? "percent"
    : node.unit === "usd"
      ? "US dollars"
      : node.unit === "plain"
        ? ""
        : (node.unit ?? "");

// Where a slider runs: over what the countries have and the goalposts, within what is declared.
export function spanOf(node, columns) {
  const ends = [...columns, node.curve?.best, node.curve?.worst].filter(
    (x) => typeof x === "number" && Number.isFinite(x),
  );
  let low = Math.min(...ends),
    high = Math.max(...ends);
  if (ends.length === 0) [low, high] = [node.low ?? 0, node.high ?? 100];
  if (low === high) high = low + 1;
  return [Math.max(node.low ?? -Infinity, low), Math.min(node.high ?? Infinity, high)];
}
