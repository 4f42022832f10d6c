// What is looked at, in the bar at the top: date, viewpoint, score, labels; and the links to the
// parts.
import { el, refill } from "./dom.js";
import { capitalised } from "./format.js";
import { languageName, labelText } from "./labels.js";

export const partNames = {
  verdict: "Verdict",
  map: "Map",
  ranking: "Ranking",
  country: "Country",
  comparison: "Comparison",
  "what-if": "What if",
  "behind-it": "Behind it",
};

export function makeLooks(page, links, place) {
  const { data } = page;
  const { payload } = data;
  const choose = (id, text, options, get, set) => {
    if (options.length < 2) return null;
    const select = el("select", { id, onchange: () => set(Number(select.value)) });
    const element = el("label", { for: id }, text, select);
    let drawn = "";
    return {
      element,
      update(state) {
        const texts = options.map((option) => option(state));
        if (texts.join("\n") !== drawn)
          refill(
            select,
            texts.map((t, i) => el("option", { value: String(i) }, t)),
          );
        drawn = texts.join("\n");
        select.value = String(get(state));
      },
    };
  };
  const languages = ["", ...(payload.languages ?? [])];
  const choices = [
    choose(
      "look-date",
      "Date ",
      payload.dates.map((d) => () => d.label),
      (s) => s.date,
      (date) => page.go({ date }),
    ),
    choose(
      "look-viewpoint",
      "Seen by ",
      payload.viewpoints.map(
        (v) => (s) =>
          capitalised(
            s.language && v.labels?.[s.language] ? labelText(v, s.language) : v.name || "all",
          ),
      ),
      (s) => s.viewpoint,
      (viewpoint) => page.go({ viewpoint }),
    ),
    choose(
      "look-score",
      "Score ",
      payload.outputs.map((node) => (s) => labelText(payload.nodes[node], s.language)),
      (s) => s.output,
      (output) => page.go({ output }),
    ),
    choose(
      "look-labels",
      "Labels ",
      languages.map((code) => () => languageName(code || "en")),
      (s) => languages.indexOf(s.language),
      (i) => page.go({ language: languages[i] }),
    ),
  ].filter(Boolean);
  const change = el("a", { class: "changed-note", href: "#what-if" }, "Your change is in force");
  place.append(...choices.map((choice) => choice.element), change);
  const anchors = Object.entries(partNames).map(([part, text]) => {
    const anchor = el("a", { href: `#${part}` }, text);
    links.append(el("li", {}, anchor));
    return [part, anchor];
  });
  return (state) => {
    for (const choice of choices) choice.update(state);
    for (const [part, anchor] of anchors) anchor.href = page.linkTo(part, {});
    change.hidden = !page.scores.changed();
    change.href = page.linkTo("what-if", {});
  };
}
