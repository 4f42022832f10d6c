// What the reader changes: weights and facts, beside those of the files, and the change as text
// that goes back into files.
import { dayText, longDate } from "./format.js";
import { apportion, moveWeight, partsFor, percentOf } from "./weights.js";

export function makeChange() {
  return { weights: new Map(), facts: new Map() };
}

export const isEmpty = (change) => change.weights.size === 0 && change.facts.size === 0;
export const factKey = (country, indicator) => `${country} ${indicator}`;
const weightKey = (node, viewpoint) => `${node} ${viewpoint}`;

// Nodes whose members' shares can be moved: written as shares that add up to 1.
export function weighted(data, viewpoint) {
  return data.payload.nodes.flatMap((node, i) => {
    const shares = sharesOf(node, viewpoint);
    if (!shares || shares.length < 2) return [];
    return Math.abs(shares.reduce((a, b) => a + b, 0) - 1) < 1e-6 ? [i] : [];
  });
}

// Where no viewpoint weighs a node, its weights are the same for all, and a change of them is one.
export const viewpointOf = (node, viewpoint) => (node.weighed_by_viewpoint ? viewpoint : 0);

function sharesOf(node, viewpoint) {
  if (!node.members?.length || !node.members[0].weights?.length) return null;
  return node.members.map((member) => member.weights[viewpoint] ?? member.weights[0]);
}

// [{node, low, high, locked, tie}] and counts of `parts`, as they are now and in the file.
export function weightsOf(data, change, nodeIndex, viewpoint) {
  const node = data.payload.nodes[nodeIndex];
  const v = viewpointOf(node, viewpoint);
  const shares = sharesOf(node, v);
  const ties = node.ties?.[v] ?? [];
  const members = node.members.map((member, i) => {
    const tie = ties.findIndex((tied) => tied.includes(i));
    return {
      node: member.node,
      low: member.low?.[v] ?? 0,
      high: member.high?.[v] ?? 1,
      locked: Boolean(member.locked?.[v]),
      tie: tie < 0 ? null : `tie ${tie}`,
      at: member.at?.[v] ?? null,
      share: shares[i],
    };
  });
  const parts = partsFor(shares);
  const file = apportion(shares, parts);
  return {
    members,
    parts,
    file,
    counts: change.weights.get(weightKey(nodeIndex, v))?.counts ?? file,
    viewpoint: v,
  };
}

// `held`: members that stay where they are, as if locked.
export function setWeight(
  data,
  change,
  nodeIndex,
  viewpoint,
  moved,
  wanted,
  base,
  held = new Set(),
) {
  const weights = weightsOf(data, change, nodeIndex, viewpoint);
  const members = weights.members.map((member, i) =>
    held.has(i) ? { ...member, locked: true } : member,
  );
  const counts = moveWeight(members, base ?? weights.counts, moved, wanted, weights.parts);
  const key = weightKey(nodeIndex, weights.viewpoint);
  if (counts.every((count, i) => count === weights.file[i])) change.weights.delete(key);
  else
    change.weights.set(key, {
      node: nodeIndex,
      viewpoint: weights.viewpoint,
      counts,
      parts: weights.parts,
    });
  return counts;
}

export function resetWeights(data, change, nodeIndex, viewpoint) {
  change.weights.delete(
    weightKey(nodeIndex, viewpointOf(data.payload.nodes[nodeIndex], viewpoint)),
  );
}

// NaN says unknown; undefined takes the change back.
export function setFact(change, country, indicator, value) {
  if (value === undefined) change.facts.delete(factKey(country, indicator));
  else change.facts.set(factKey(country, indicator), { country, indicator, value });
}

// The changed lines of rule files, each as it stands there with the new number.
export function ruleLines(data, change) {
  const { payload } = data;
  const lines = [];
  for (const { node, viewpoint, counts, parts } of change.weights.values()) {
    const weights = weightsOf(data, makeChange(), node, viewpoint);
    const whose = payload.nodes[node].weighed_by_viewpoint
      ? `viewpoint ${payload.viewpoints[viewpoint].name}, `
      : "";
    lines.push(`# ${whose}${payload.nodes[node].name}`);
    // Weights in parts become percentages, all of them.
    const inPercent = weights.members.every(
      (member) => lineOf(payload, member.at) === undefined || isPercent(lineOf(payload, member.at)),
    );
    counts.forEach((count, i) => {
      if (inPercent && count === weights.file[i]) return;
      const member = weights.members[i];
      const text = lineOf(payload, member.at);
      const now = `${percentOf(count, parts)}%`;
      const line =
        text !== undefined && isPercent(text)
          ? text.replace(/^\s*[\d.]+%/, now.padStart(7))
          : `${now.padStart(7)} ${payload.nodes[member.node].name}`;
      lines.push(
        `${line}${member.at ? `  # ${data.place(member.at)}, was ${percentOf(weights.file[i], parts)}%` : ""}`,
      );
    });
  }
  return lines.join("\n");
}

const lineOf = (payload, at) =>
  at ? payload.files[at[0]]?.text?.split("\n")[at[1] - 1] : undefined;
const isPercent = (line) => /^\s*[\d.]+%/.test(line);

// The changed facts as a scenario that extends the one shown; to be saved beside it.
export function overlay(data, change, date) {
  const { payload } = data;
  const shown = payload.dates[date];
  const folders = shown.scenario.split("/").slice(0, -1);
  const model = payload.model.path.startsWith("/")
    ? payload.model.path
    : `${"../".repeat(folders.length)}${payload.model.path}`;
  const lines = [
    `# What if, on ${longDate(shown.as_of)}: to be saved beside ${shown.scenario}.`,
    `title   = ${quoted(`${shown.title}: what if`)}`,
    `as_of   = ${shown.as_of}`,
    ...(shown.known_by && shown.known_by !== shown.as_of ? [`known_by = ${shown.known_by}`] : []),
    `model   = ${quoted(model)}`,
    `extends = ${quoted(shown.scenario.split("/").pop())}`,
    "",
    "[defaults]",
    `valid   = ${shown.as_of}`,
    `known   = ${shown.as_of}`,
    'grade   = "judged"',
    'by      = "NAME"',
    'because = "REASON"',
  ];
  const byCountry = Map.groupBy
    ? Map.groupBy(change.facts.values(), (fact) => fact.country)
    : grouped(change.facts.values());
  for (const [country, facts] of byCountry) {
    lines.push("", `[country.${payload.countries[country].code}.facts]`);
    for (const { indicator, value } of facts) {
      const node = payload.nodes[payload.indicators[indicator]];
      lines.push(
        `${/^[A-Za-z0-9_-]+$/.test(node.name) ? node.name : quoted(node.name)} = ${tomlValue(node, value)}`,
      );
    }
  }
  return lines.join("\n");
}

function grouped(facts) {
  const groups = new Map();
  for (const fact of facts) groups.set(fact.country, [...(groups.get(fact.country) ?? []), fact]);
  return groups;
}

export function tomlValue(node, value) {
  if (Number.isNaN(value)) return '"unknown"';
  if (node.unit === "yes/no") return value !== 0 ? "true" : "false";
  if (node.unit === "code")
    return quoted(node.levels.find((level) => level.value === value)?.code ?? String(value));
  if (node.unit === "date") return value === -Infinity ? '"never"' : dayText(value);
  return String(value);
}

// As `waystone score SCENARIO --set …` takes them; null where weights are changed, which need their
// lines.
export function settings(data, change) {
  return [...change.facts.values()].map(({ country, indicator, value }) => {
    const node = data.payload.nodes[data.payload.indicators[indicator]];
    return `${data.payload.countries[country].code}.${node.name}=${settingValue(node, value)}`;
  });
}

function settingValue(node, value) {
  if (Number.isNaN(value)) return "unknown";
  if (node.unit === "yes/no") return value !== 0 ? "yes" : "no";
  if (node.unit === "code")
    return node.levels.find((level) => level.value === value)?.code ?? String(value);
  return node.unit === "date" ? dayText(value) : String(value);
}

// A TOML basic string.
function quoted(text) {
  return `"${[...text]
    .map((c) => {
      if (c === '"' || c === "\\") return `\\${c}`;
      const code = c.codePointAt(0);
      return code < 32 || code === 127 ? `\\u${code.toString(16).padStart(4, "0")}` : c;
    })
    .join("")}"`;
}
