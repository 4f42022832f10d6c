// Labels in the language that the reader chose, where the rule files have them; English otherwise.
import { el } from "./dom.js";

const names = {
  en: "English",
  ru: "Русский",
  zh: "中文",
  be: "Беларуская",
  kk: "Қазақша",
  uk: "Українська",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
  ar: "العربية",
  fa: "فارسی",
  tr: "Türkçe",
};
export const languageName = (code) => names[code] ?? code;

// {text, language} of anything that has `label` and `labels`.
export function labelOf(thing, language) {
  const other = language && thing.labels?.[language];
  if (other) return { text: shortened(other), language };
  // Factors and outputs go by their names, as in the engine's texts; their labels are whole
  // questions.
  const byName = !thing.label || ["factor", "output", "derived", "parameter"].includes(thing.kind);
  return { text: shortened(byName ? thing.name.replaceAll("_", " ") : thing.label), language: "" };
}

// A label that fills the screen helps nobody; the file has all of it.
export const shortened = (text, most = 300) =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

// The question that a factor's label asks, beside its name; "" where the label is all there is.
export const questionOf = (node, language) =>
  node.label && labelOf(node, language).text !== shortened(node.label) ? shortened(node.label) : "";

export const labelText = (thing, language) => labelOf(thing, language).text;

// An element, marked with its language where that isn't the page's.
export function labelled(thing, language, tag = "span", properties = {}) {
  const label = labelOf(thing, language);
  return el(
    tag,
    { ...properties, lang: label.language || null, dir: label.language ? "auto" : null },
    label.text,
  );
}
