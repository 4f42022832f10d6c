// The verdict: sentences on the date, viewpoint and score that are chosen, and what the reader's
// change makes of them.
import { blocksOf, plainText } from "./blocks.js";
import { el, refill } from "./dom.js";
import { capitalised, decimal, fixed, joined, printedMove } from "./format.js";
import { causesSentence, isDoubtful, standingSentences } from "./standing.js";

export function makeVerdict(page, place) {
  const { data, scores } = page;
  const { payload } = data;
  const of = el("p", { class: "note" }),
    told = el("div", { class: "verdict-text" }),
    put = el("p", { class: "note" }),
    live = el("p", { class: "live", "aria-live": "polite" });
  live.hidden = true;
  place.append(of, told, put, live);
  const compares = payload.opens?.view === "comparison";

  // The engine's sentences where they are on what is looked at, else sentences on the scores.
  function sentences(state) {
    const blocks = payload.dates[state.date].verdict ?? [];
    const main = state.output === data.mainOutput;
    if (compares && main) return blocksOf(blocks, page.open, 3, page.plain);
    const own = standingSentences(page, state);
    if (!own) return blocksOf(blocks, page.open, 3, page.plain);
    const askers = main
      ? blocks.filter(([, spans]) => plainText(spans).startsWith("Who asks matters most"))
      : [];
    const causes = causesSentence(page, state);
    return [
      own.map((text) => el("p", {}, text)),
      causes && el("p", { class: "note" }, causes),
      blocksOf(askers, page.open, 3, page.plain),
    ];
  }

  // What the sentences are of where they don't say so: a comparison's are of every viewpoint.
  function about(state) {
    const files = scores.changed() ? "In the files, without your change" : "";
    const whole = compares && state.output === data.mainOutput;
    if (!whole && standingSentences(page, state)) return files && `${files}:`;
    const of = `as of ${page.dateText(state)}, ${whole ? "from every viewpoint" : page.viewpointText(state)}`;
    return `${capitalised(files ? `${files}; ${of}` : of)}:`;
  }

  let shown = "";
  return {
    update(state) {
      const key = `${state.date} ${state.viewpoint} ${state.output} ${state.language} ${scores.changed()}`;
      if (key !== shown) {
        refill(of, about(state));
        of.hidden = !of.textContent;
        refill(told, sentences(state));
        refill(put, putInPlace(payload.dates[state.date]));
        put.hidden = !put.textContent;
      }
      shown = key;
      live.hidden = !scores.changed();
      if (scores.changed())
        live.textContent = changedVerdict(
          page,
          state,
          scores.current(state, page.dragging),
          "With your change",
        );
    },
  };
}

// Of two countries: which is higher now, and whether it was so.
function pairVerdict(page, pair, file, now, digits, node, start) {
  const { payload } = page.data;
  const margin = payload.model.level_margin ?? 0;
  const verdict = ({ value }) => {
    const gap = value[pair[1]] - value[pair[0]];
    if (Number.isNaN(gap)) return "not both rated";
    return Math.abs(decimal(gap)) < margin || gap === 0
      ? "they are level"
      : `${payload.countries[pair[gap > 0 ? 1 : 0]].name} is ${node.worse?.[0] ?? "higher"}`;
  };
  const told = pair.map((i) => {
    const move = printedMove(file.value[i], now.value[i], digits);
    return `${payload.countries[i].name} has ${fixed(now.value[i], digits)}${move === "0" || move === "" ? "" : ` (${move})`}`;
  });
  const is = verdict(now),
    was = verdict(file);
  return `${start} ${joined(told)}: ${is}${is === was ? ", as in the files" : `; in the files ${was}`}.`;
}

// What the command line put in place of what the files say.
function putInPlace(date) {
  const list = (date.replaced ?? []).map(
    ({ option, asked, own }) => `${option} ${asked}${own ? ` in place of ${own}` : ""}`,
  );
  return list.length > 0 ? `Put in place of what the files say: ${list.join("; ")}.` : "";
}

// "With your change Sudan is the riskiest (74, before 77) …": a sentence on what a change does to
// the order.
export function changedVerdict(page, state, now, start) {
  const { data } = page;
  const { payload } = data;
  if (!now) return "";
  const file = now.file ?? now,
    digits = page.digitsOf(state);
  const node = payload.nodes[payload.outputs[state.output]];
  const worst = node.worse?.[1] ? node.worse[1] : "highest";
  const rated = [...now.value.keys()].filter((i) => !Number.isNaN(now.value[i]));
  if (rated.length === 0) return `${start} no country is rated.`;
  if (rated.length === 2) return pairVerdict(page, rated, file, now, digits, node, start);
  const name = (i) => payload.countries[i].name;
  const first = rated.reduce((best, i) => (now.value[i] > now.value[best] ? i : best));
  const wasFirst = rated
    .filter((i) => !Number.isNaN(file.value[i]))
    .reduce((best, i) => (best < 0 || file.value[i] > file.value[best] ? i : best), -1);
  // Scores of which little is known move most, and say least: others come first.
  const moved = rated.filter(
    (i) =>
      printedMove(file.value[i], now.value[i], digits) !== "0" &&
      !Number.isNaN(file.value[i]) &&
      (rated.length < 4 || !isDoubtful(node, file.coverage[i])),
  );
  const banded = rated.filter((i) => now.band[i] !== file.band[i]);
  const largest = moved
    .sort((a, b) => Math.abs(now.value[b] - file.value[b]) - Math.abs(now.value[a] - file.value[a]))
    .slice(0, 3);
  const sentences = [
    first === wasFirst
      ? `${start} ${name(first)} stays ${node.worse ? "the " : ""}${worst} (${fixed(now.value[first], digits)}).`
      : `${start} ${name(first)} is ${node.worse ? "the " : ""}${worst} (${fixed(now.value[first], digits)})${wasFirst >= 0 ? `, no longer ${name(wasFirst)}` : ""}.`,
  ];
  if (largest.length > 0)
    sentences.push(
      `Most moved: ${joined(largest.map((i) => `${name(i)} ${printedMove(file.value[i], now.value[i], digits)} to ${fixed(now.value[i], digits)}`))}.`,
    );
  else sentences.push("No score changes as it is printed.");
  if (banded.length > 0)
    sentences.push(
      `${banded.length === 1 ? `${name(banded[0])} changes` : `${banded.length} countries change`} band.`,
    );
  return sentences.join(" ");
}
