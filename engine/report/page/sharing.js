// The reader's change as part of an address: a link that opens the page with it.
// weights=state.risk:22.5,8,…;…  facts=BLR.wto_member:1;UKR.eu_access:unknown
import { number } from "./data.js";
import { setFact, weighted, weightsOf } from "./change.js";
import { percentOf } from "./weights.js";

export function writeChange(data, change) {
  const { payload } = data;
  const weights = [...change.weights.values()].map(({ node, viewpoint, counts, parts }) => {
    const name = payload.nodes[node].weighed_by_viewpoint ? payload.viewpoints[viewpoint].name : "";
    return `${name}.${payload.nodes[node].name}:${counts.map((c) => percentOf(c, parts)).join(",")}`;
  });
  const facts = [...change.facts.values()].map(({ country, indicator, value }) => {
    const node = payload.nodes[payload.indicators[indicator]];
    const text = Number.isNaN(value) ? "unknown" : value === -Infinity ? "never" : String(value);
    return `${payload.countries[country].code}.${node.name}:${text}`;
  });
  return { weights: weights.join(";"), facts: facts.join(";") };
}

// Puts in place what an address asks for; what the model doesn't allow is left out.
export function readChange(data, change, asked) {
  for (const text of (asked.get("weights") ?? "").split(";")) readWeights(data, change, text);
  for (const text of (asked.get("facts") ?? "").split(";")) readFact(data, change, text);
}

function readWeights(data, change, text) {
  const found = /^([^.:]*)\.([^.:]+):([\d.,]+)$/.exec(text);
  if (!found) return;
  const { payload } = data;
  const node = data.nodeOf.get(found[2]);
  const named = payload.viewpoints.findIndex((viewpoint) => viewpoint.name === found[1]);
  const viewpoint = Math.max(0, named);
  if (node === undefined || !weighted(data, viewpoint).includes(node)) return;
  if (payload.nodes[node].weighed_by_viewpoint && named < 0) return;
  const { members, parts, file } = weightsOf(data, change, node, viewpoint);
  const counts = found[3].split(",").map((share) => Math.round((Number(share) * parts) / 100));
  const fits = (member, i) =>
    counts[i] === file[i] ||
    (!member.locked &&
      counts[i] >= member.low * parts - 1e-6 &&
      counts[i] <= member.high * parts + 1e-6);
  const sum = counts.reduce((a, b) => a + b, 0);
  if (counts.length !== members.length || sum !== parts || !members.every(fits)) return;
  if (counts.some((count, i) => count !== file[i]))
    change.weights.set(`${node} ${viewpoint}`, { node, viewpoint, counts, parts });
}

function readFact(data, change, text) {
  const at = text.lastIndexOf(":"),
    dot = text.indexOf(".");
  if (at < 0 || dot < 0) return;
  const country = data.places.get(text.slice(0, dot));
  const node = data.nodeOf.get(text.slice(dot + 1, at));
  const indicator = data.indicatorOf.get(node);
  if (country === undefined || indicator === undefined) return;
  const said = text.slice(at + 1),
    of = data.payload.nodes[node];
  const value = said === "unknown" ? NaN : said === "never" ? -Infinity : Number(said);
  if (said === "" || (said !== "unknown" && Number.isNaN(value))) return;
  if (value === -Infinity ? of.unit !== "date" : !Number.isNaN(value) && !isAllowed(of, value))
    return;
  setFact(change, country, indicator, value);
}

function isAllowed(node, value) {
  if (!Number.isFinite(value)) return false;
  if (node.unit === "yes/no" && value !== 0 && value !== 1) return false;
  if (node.unit === "code") return node.levels.some((level) => level.value === value);
  const low = number(node.low),
    high = number(node.high);
  return !(value < low) && !(value > high);
}
