// Who stands where, in sentences, worked out from the scores that are chosen; and which scores rest on
// too little.
import { decimal, fixed, joined, printedMove } from "./format.js";
import { labelText } from "./labels.js";

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
  const movers = state.date > 0 ? moversOf(page, state, columns, order, digits) : "";
  if (movers) sentences.push(movers);
  return sentences;
}

// Who rose and fell most since the date before, with what is data and no news.
function moversOf(page, state, columns, order, digits) {
  const { payload } = page.data;
  const earlier = { ...state, date: state.date - 1 };
  const before = page.scores.file(earlier);
  if (!before) return "";
  const node = payload.nodes[payload.outputs[state.output]];
  const change = (i) => columns.value[i] - before.value[i];
  const moved = order
    .filter(
      (i) =>
        Math.abs(decimal(change(i))) * 10 ** digits >= 0.5 &&
        !isDoubtful(node, columns.coverage[i]),
    )
    .sort((a, b) => change(b) - change(a));
  const words = (list) =>
    joined(
      list.slice(0, named).map((i) => {
        const data = isMostlyData(change(i), columns.changeByData[i]);
        return `${payload.countries[i].name} (${printedMove(before.value[i], columns.value[i], digits)}${data ? ", mostly data that began or ended, not news" : ""})`;
      }),
    );
  const up = words(moved.filter((i) => change(i) > 0)),
    down = words(moved.filter((i) => change(i) < 0).reverse());
  if (!up && !down) return "";
  return `Since ${page.dateText(earlier)} ${[up && `${up} rose most`, down && `${down} fell most`].filter(Boolean).join("; ")}.`;
}
