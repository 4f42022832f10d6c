// The engine's texts in a reader's words: names of rule files as the page writes them elsewhere, and
// without options of a command line.
import { labelText } from "./labels.js";

const asides = [
  [/ and (\d+) more \(--json has all\)/g, " and $1 more (the facts below have all)"],
  [/ ?\(--json has all\)/g, ""],
  [/--depth \d+ shows it/g, "the facts below show it"],
];

// "rules/market_access.risk" stays as it is.
const isOfPath = (text, at, length) =>
  /[\w/.-]/.test(text[at - 1] ?? "") || /^(\/|-|\.\w)/.test(text.slice(at + length));

// A function from a text to the same in plain words. Code (conditions of rules) is not for it.
export function plainWords({ payload }) {
  const names = new Map();
  for (const thing of [...payload.nodes, ...(payload.rules ?? []), ...(payload.tripwires ?? [])])
    if (thing.name.includes("_")) names.set(thing.name, labelText(thing, ""));
  return (text) => {
    let plain = text;
    for (const [aside, words] of asides) plain = plain.replace(aside, words);
    return (
      plain
        .replace(/[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+/g, (name, at, whole) =>
          isOfPath(whole, at, name.length) ? name : (names.get(name) ?? name),
        )
        // A minus before digits, where a hyphen in a word or a date is none.
        .replace(/(^|[\s(])-(?=\d)/g, "$1−")
    );
  };
}
