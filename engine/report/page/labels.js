// Labels in the language that the reader chose, where the rule files have them; English otherwise.
import { el } from "./dom.js";

const names = { en: "English", ru: "Русский", zh: "中文", be: "Беларуская", kk: "Қазақша", uk: "Українська", de: "Deutsch", fr: "Français", es: "Español", ar: "العربية", fa: "فارسی", tr: "Türkçe" };
export const languageName = (code) => names[code] ?? code;

// {text, language} of anything that has `label` and `labels`.
export function labelOf(thing, language) {
  const other = language && thing.labels?.[language];
  return other ? { text: other, language } : { text: thing.label || thing.name.replaceAll("_", " "), language: "" };
}

export const labelText = (thing, language) => labelOf(thing, language).text;

// An element, marked with its language where that isn't the page's.
export function labelled(thing, language, tag = "span", properties = {}) {
  const label = labelOf(thing, language);
  return el(tag, { ...properties, lang: label.language || null, dir: label.language ? "auto" : null }, label.text);
}
