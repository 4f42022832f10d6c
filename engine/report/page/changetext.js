// The reader’s change as text that goes back into files.
import { isEmpty, overlay, ruleLines, settings } from "./change.js";
import { copyText } from "./csv.js";
import { el, setText } from "./dom.js";
import { countedText } from "./format.js";

export function makeChangeText(page) {
  const { data } = page;
  const { payload } = data;
  const { change } = page.scores;
  const area = el("textarea", {
    readonly: true,
    rows: 8,
    "aria-label": "Your change as text for the files",
    spellcheck: "false",
  });
  const said = el("span", { class: "note", role: "status" });
  const none = el("p", { class: "note" }, "Nothing is changed: scores are those of the files.");
  const copy = el(
    "button",
    {
      type: "button",
      class: "quiet",
      onclick: async () =>
        setText(
          said,
          (await copyText(area.value, area)) ? "Copied." : "Select the text and copy it.",
        ),
    },
    "Copy",
  );
  const box = el(
    "div",
    {},
    el("h4", {}, "As text for the files"),
    area,
    el("div", { class: "tools" }, copy, said),
  );
  return {
    element: el("div", {}, none, box),
    update(state) {
      none.hidden = !isEmpty(change);
      box.hidden = isEmpty(change);
      const texts = [];
      if (change.weights.size > 0)
        texts.push(
          `# ${countedText(change.weights.size, "list", "lists")} of weights: lines of rule files in place of those there\n${ruleLines(data, change)}`,
        );
      if (change.facts.size > 0)
        texts.push(
          overlay(data, change, state.date),
          `# or, to look only: waystone score ${payload.dates[state.date].scenario} ${settings(
            data,
            change,
          )
            .map((s) => `--set ${shellWord(s)}`)
            .join(" ")}`,
        );
      area.value = texts.join("\n\n");
      setText(said, "");
    },
  };
}

const shellWord = (text) =>
  /^[\w.=:+/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
