// Who stands where, in sentences, worked out from the scores that are chosen; and which scores rest on
// too little.
import { decimal, fixed, joined, printedMove, smallPoints } from "./format.js";
import { labelText } from "./labels.js";
import { moverName } from "./series.js";

const named = 3; // countries that a sentence names
const leastKnown = 0.6; // where the rule file sets no share of its own

// Whether less of a score's weight is known than the rule file asks for before it weighs anew. Parts
// that are there may have done so within themselves.
export const isDoubtful = (node, coverage) => coverage < (node.reweight || leastKnown);

// Whether most of a change is data that began or ended.
export const isMostlyData = (change, byData) =>
  Math.abs(byData) >= 0.05 && 2 * Math.abs(byData) >= Math.abs(change);

// Of all countries of the page; null where fewer than two are rated.
export function standingSentences(page, state) {
  const { data, scores } = page;
  const { payload } = data;
  const columns = scores.file(state);
  if (!columns) return ["The scenario of this date leaves this viewpoint out."];
  const node = payload.nodes[payload.outputs[state.output]],
    digits = page.digitsOf(state);
  const order = [...columns.value.keys()]
    .filter((i) => !Number.isNaN(columns.value[i]))
    .sort((a, b) => columns.value[b] - columns.value[a] || a - b);
  if (order.length < 2) return null;
  const name = (i) => payload.countries[i].name;
  const given = (i) => `${name(i)} (${fixed(columns.value[i], digits)})`;
  const first = order.slice(0, Math.min(named, order.length - 1)).map(given);
  const seen = payload.viewpoints[state.viewpoint].name ? `, ${page.viewpointText(state)},` : "";
  const worst = node.worse?.[1];
  const what = labelText(node, state.language);
  const last = given(order[order.length - 1]);
  const sentences = [
    `On ${page.dateText(state)}${seen} ${joined(first)} ${first.length > 1 ? (worst ? "are" : "have") : worst ? "is" : "has"} the ${worst ? worst : `highest ${what}`} of ${order.length} countries; ${worst ? `${last} stands best` : `${last} has the lowest`}.`,
  ];
  const band = columns.band[order[0]];
  if (node.bands && band >= 0) {
    const count = order.filter((i) => columns.band[i] === band).length;
    sentences[0] += ` ${count} ${count === 1 ? "is" : "are"} in the band “${node.bands.names[band]}”.`;
  }
  const movers = moversSentence(page, state, columns);
  if (movers) sentences.push(movers);
  return sentences;
}

// Those that moved since the date before as it is printed, the largest rise first; of which little is
// known left out. {before, moved}, or null.
function moversOf(page, state, columns) {
  // Six digits, where that is all there are, do for a difference; the model would take its time.
  const before = state.date > 0 && page.data.output(state.viewpoint, state.date - 1, state.output);
  if (!before) return null;
  const node = page.data.payload.nodes[page.data.payload.outputs[state.output]],
    least = 0.5 / 10 ** page.digitsOf(state);
  const change = (i) => columns.value[i] - before.value[i];
  const moved = [...columns.value.keys()]
    .filter((i) => Math.abs(decimal(change(i))) >= least && !isDoubtful(node, columns.coverage[i]))
    .sort((a, b) => change(b) - change(a) || a - b);
  return {
    before,
    change,
    up: moved.filter((i) => change(i) > 0).slice(0, named),
    down: moved
      .filter((i) => change(i) < 0)
      .reverse()
      .slice(0, named),
  };
}

// Who rose and fell most since the date before, with what is data and no news.
function moversSentence(page, state, columns) {
  const { payload } = page.data;
  const found = moversOf(page, state, columns);
  if (!found || found.up.length + found.down.length === 0) return "";
  const words = (list) =>
    joined(
      list.map((i) => {
        const move = printedMove(found.before.value[i], columns.value[i], page.digitsOf(state));
        const data = isMostlyData(found.change(i), columns.changeByData[i]);
        return `${payload.countries[i].name} (${move}${data ? ", mostly data that began or ended, not news" : ""})`;
      }),
    );
  const told = [
    found.up.length > 0 && `${words(found.up)} rose most`,
    found.down.length > 0 && `${words(found.down)} fell most`,
  ];
  const since = page.dateText({ ...state, date: state.date - 1 });
  return `Since ${since} ${told.filter(Boolean).join("; ")}.`;
}

// The largest single cause of each of these moves that the payload splits; "" where it has none.
export function causesSentence(page, state) {
  const { data, scores } = page;
  const columns = scores.file(state);
  const found = columns && state.output === data.mainOutput ? moversOf(page, state, columns) : null;
  if (!found) return "";
  const causes = [...found.up, ...found.down].flatMap((country) => {
    const first = (data.payload.moves ?? []).find(
      (m) =>
        m.country === country &&
        m.viewpoint === state.viewpoint &&
        m.from_date === state.date - 1 &&
        m.to_date === state.date,
    )?.movers?.[0];
    return first
      ? [
          `${data.payload.countries[country].name}, ${moverName(data, first, state.language)} ${smallPoints(first.points, 1)}`,
        ]
      : [];
  });
  return causes.length > 0 ? `Largest causes: ${causes.join("; ")}.` : "";
}
